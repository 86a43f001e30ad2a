export const en = {
  address: {
    title: 'Address: what 120 is told',
    useZone: 'Show times in the time zone of this computer ({{zone}})',
    useZoneHint: 'At once, on all seats',
    street: 'Street and number',
    streetHint: 'For example 18 Changjiang Road. The ambulance finds you by it',
    entrance: 'Gate for the ambulance',
    entranceHint: 'For example north gate',
    callBack: 'Phone of the room',
    callBackHint: 'So that 120 can call back',
    noStreet: 'no street yet',
    noEntrance: 'no gate yet',
    noCallBack: 'no phone of the room yet',
  },
  log: {
    says: {
      CommunityEstablished: 'The community was set up.',
      TimeZoneSet: '{{who}} set the time zone that times are shown in.',
      AddressSet: '{{who}} set the address that 120 is told.',
    },
  },
  refusal: {
    notEmpty: 'There is a community here already; it cannot be set up again.',
  },
};
