/** Gate and visitors. */
export const gate = {
  gate: {
    title: 'Gate', aGate: 'the gate', none: 'No gate yet', noneNext: 'A manager can add one under "People, devices".', open: 'Open', openHint: 'Next: the reason', close: 'Close', closeAgain: 'Tap again: close', closeHint: 'See that nobody is under the arm',
    why: 'Why is it opened?', otherReason: 'Write the reason', needsReason: 'Write the reason first', openNow: 'Open {{name}}', openForAmbulance: 'Open {{name}} for the ambulance', tapAgain: 'Tap again: open {{name}}',
    whyOffline: 'The station does not answer; it cannot be moved from here now', whyUnderWay: 'The last command is still under way',
    reason: { ambulance: 'Ambulance', fire: 'Fire engine', resident: 'Resident', visitor: 'Visitor', delivery: 'Delivery', other: 'Something else', afterPassage: 'the car has passed' },
    position: { open: 'Arm up: open', closed: 'Arm down: closed', moving: 'The arm is moving', unknown: 'Nobody knows where the arm is' },
    nobodySaw: 'Nobody has seen it yet', seenBy: { sensor: 'Seen by the sensor {{since}} ({{time}})', controller: 'Reported by the controller {{since}} ({{time}})', person: 'Seen by {{name}} {{since}} ({{time}})' },
    look: 'Look at {{camera}}: where is the arm?', iSeeOpen: 'I see it up', iSeeClosed: 'I see it down',
    newest: { open: '{{name}} opened it: {{reason}}', close: '{{name}} closed it' },
    stages: 'How far the command is', stage: { sent: 'Command sent', accepted: 'Controller received it', seen: { open: 'Seen going up', close: 'Seen coming down' } },
    trouble: {
      failed: 'The controller did not take the command; the arm did not move. Send somebody to work it by hand.', expired: 'The command came too late and was not sent; the arm did not move. Tap again if it is still wanted.', unconfirmed: 'The controller took it, but the arm was not seen in place. Look at the picture.',
      outcomeUnknown: 'The command was cut in the middle; nobody knows whether the arm moved. Look at the picture, then decide.',
    },
    fault: { unreachable: 'The controller cannot be reached.', timeout: 'The controller gave no answer.', credentials: 'The controller\'s password is wrong.', refused: 'The controller refused.', unsupported: 'The controller cannot do this.', malformed: 'The controller gives an answer that cannot be read.' },
  },
  visit: {
    title: 'Visitors', register: 'Register a visitor', kindLabel: 'What for', kind: { family: 'Family, friends', delivery: 'Delivery', repair: 'Repair', care: 'Care', other: 'Other' },
    name: 'Name', visiting: 'Which home', visitingHint: 'for example 3-1-502', plate: 'Plate', phone: 'Phone', mayBeEmpty: 'may stay empty', plateMeant: 'Did you mean {{plate}}?', plateUnusual: 'It does not look like a plate. Look again; an unusual one can be kept.', needsName: 'Fill in the name', needsPlace: 'Fill in which home', phoneWrong: 'A phone number has digits, spaces, + and - only',
    save: 'Register', saved: '{{name}} is registered.', inside: 'Inside now', gone: 'Have left', nobodyInside: 'No visitors now', nobodyInsideNext: 'Visitors you register stand here; press once when they leave.',
    to: 'to {{place}}', arrived: 'came at {{time}} ({{since}}), registered by {{name}}', stayed: 'came at {{from}}, left at {{to}}', left: 'Has left', forgotten: '(deleted)', forget: 'Delete personal data', forgetAgain: 'Tap again: delete for good', forgetHint: 'Name, phone and plate; cannot be undone',
  },
};
