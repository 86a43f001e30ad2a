export const en = {
  seat: {
    kind: {
      room: 'monitoring room',
      gatehouse: 'gatehouse',
      manager: 'manager',
    },
    unnamed: 'a seat without a name',
    change: 'Change a seat',
    name: 'Name (may be empty)',
    for: 'What it is for',
    post: 'Post',
    thisOne: 'this seat',
    since: 'since {{time}}',
    revoked: 'out of use since {{time}}',
  },
  people: {
    kind: { seats: 'Seats' },
    none: { seats: 'No seats yet' },
  },
  remove: {
    label: { seat: 'Take this seat out of use' },
    sure: { seat: 'Press again: out of use, for good' },
    hint: { seat: 'Who sits there is signed out at once' },
  },
  waiting: {
    revoked: {
      title: 'This seat is used no more',
      next: 'A manager has taken it out of use. Go to another seat, or ask a manager.',
    },
  },
  log: {
    change: {
      kind: 'what it is for',
      postId: 'post',
    },
    says: {
      SeatRecorded: 'A seat is used for the first time.',
      SeatChanged: '{{who}} changed the seat "{{what}}"{{changes}}. What it is for: {{seatKind}}.',
      SeatRevoked: '{{who}} took the seat "{{what}}" out of use.',
    },
  },
  refusal: {
    ownSeat: 'You sit at this seat. Take it out of use from another one.',
    seatRevoked: 'This seat was taken out of use, for good.',
    notAtThisSeat: 'This cannot be done at this seat. Please go to the monitoring room.',
  },
};
