/** What help receivers and alarm panels report, and how they reach this computer. */
const lead = 'Press "I take this" and follow the questions.';

/** Part of `alarm`. */
export const panelAlarms = {
  helpButton: {
    row: '{{whose}}',
    says: '{{whose}} pressed the help button',
    means: 'Somebody needs help.',
    next: lead,
  },
  panicAlarm: {
    row: 'Emergency: {{whose}}',
    says: '{{whose}} sends an emergency call',
    means: 'Somebody there may be in danger.',
    next: lead,
  },
  atRisk: {
    row: '{{whose}} may be in trouble',
    says: '{{whose}} may be in trouble',
    means: 'Nothing has moved there for long, or somebody has fallen.',
    next: lead,
  },
  fireAlarm: { row: 'Fire: {{whose}}', says: 'Fire alarm: {{whose}}', means: 'It may be burning there.', next: lead },
  gasAlarm: {
    row: 'Gas: {{whose}}',
    says: 'Gas or carbon monoxide: {{whose}}',
    means: 'The air there may do harm, and may burn.',
    next: lead,
  },
  waterAlarm: {
    says: 'Water leak: {{whose}}',
    means: 'Water may be running there.',
    next: 'Call and ask, or send somebody to look.',
  },
  burglaryAlarm: {
    says: 'Somebody may have broken in: {{whose}}',
    means: 'A detector at a door, a window or in a room has reported.',
    next: 'Look at the picture and call the resident. If there is a stranger, call 110 and do not go in alone.',
  },
  panelAlarm: {
    says: '{{source}}: {{reported}}',
    means: 'Somebody there may need help.',
    next: 'Call and ask, or send somebody to look, and tell a manager.',
  },
  unknownZone: {
    says: '{{source}}: {{reported}}, nobody knows at whose home',
    means: 'Somebody may need help. This place is not set up here: look for it in the list at the receiver.',
    next: lead,
  },
  panelUnreadable: {
    says: '{{source}} sends what cannot be read',
    means: 'It may be a call for help. {{unreadable}}',
    next: 'Ask the people there at once, and tell a manager to check how the receiver is set.',
  },
  panelStranger: {
    says: '{{stranger}}',
    means: 'It comes from {{account}}, as {{accounts}}. Its calls for help do not get through.',
    next: 'Tell a manager: if it is your receiver, check its number; if not, unplug it from the network.',
  },
  panelSilent: {
    row: 'Help receiver is silent',
    says: '{{source}} has gone silent',
    means: '{{silentMeans}}',
    next: '{{silentNext}}',
  },
  receiverUnreachable: {
    row: 'Help buttons cannot reach us',
    says: 'No help button can reach this computer now',
    means: '{{unreachable}}',
    next: 'Tell a manager: it is set under "People and devices", "Where help buttons call". Until then, call people and walk around more.',
  },
  unknown: {
    says: 'Something at {{place}} that this page has no words for',
    means: 'The station may just have been updated, and this page does not know it yet.',
    next: 'Reload the page. If that does not help, call a manager.',
  },
  panel: {
    ofPlace: 'The help receiver of {{place}}',
    ofPlaces: 'The help receiver of {{place}} and others, {{count}} in all',
    ofAccount: 'The help receiver with number {{account}}',
    zone: '{{what}} (place {{zone}})',
    more: '{{list}} and more, {{count}} times',
    reported: {
      help: 'call for help',
      panic: 'emergency call',
      atRisk: 'somebody may be in trouble',
      fire: 'fire',
      gas: 'gas or carbon monoxide',
      water: 'water leak',
      burglary: 'somebody may have broken in',
      unclear: 'an alarm of a kind that cannot be told',
    },
    unreadable: {
      encrypted: 'It is encrypted, and the key is not here.',
      checksum: 'Its check figure is wrong.',
      unreadable: 'It is written in a way that is not known here.',
    },
    stranger: 'A help receiver that is not set up keeps calling',
    guessing: 'Some device is trying out numbers of help receivers',
    silent: {
      means: 'A help button pressed now may not be heard.',
      next: "Check the receiver's power and cable, and tell a manager.",
      notReachedMeans: 'The receiver has no way to reach this computer: a help button pressed now is not heard.',
      notReachedNext: 'Tell a manager: the address is set under "People and devices", "Where help buttons call".',
    },
    unreachable: {
      portTaken: 'Another program uses the port for help buttons.',
      addressGone:
        'This computer no longer has the network address that was set: a loose cable, or the address has changed.',
      notPermitted: 'The system does not allow this port.',
      failed: 'The port for help buttons could not be opened.',
    },
  },
  first: {
    fireAlarm: 'Get them out first and send somebody to look. Where there is smoke or fire, call 119. No lifts.',
    gasAlarm: 'Tell them to open windows and come out. No light switches, no flames. Call 119.',
    panicAlarm: 'Somebody dangerous may be there: look at the picture before you call, and call 110 when in doubt.',
  },
  flapping: 'comes and goes, {{count}} times so far',
  flappingSays: '{{says}} (comes and goes, {{count}} times so far)',
};

/** Part of `log.cause`. */
export const panelCauses = {
  helpButton: 'help button pressed',
  panicAlarm: 'emergency call',
  atRisk: 'somebody may be in trouble',
  fireAlarm: 'fire alarm',
  gasAlarm: 'gas or carbon monoxide',
  waterAlarm: 'water leak',
  burglaryAlarm: 'somebody may have broken in',
  panelAlarm: 'alarm of unknown kind or place',
  unknownZone: 'alarm, nobody knows at whose home',
  panelUnreadable: 'sends what cannot be read',
  panelStranger: 'a help receiver that is not set up keeps calling',
  panelSilent: 'receiver gone silent',
  receiverUnreachable: 'no help button can reach this computer',
};

/** Where help buttons call, and what came there. */
export const receiver = {
  title: 'Where help buttons call',
  set: 'Set the address',
  change: 'Change',
  reach: 'Set the help receiver to call {{address}}, port {{port}}.',
  notSet: 'No address has been set: no help button can reach this computer now.',
  thisPcOnly: 'Only this computer itself gets in: no help receiver outside can reach it.',
  failed: 'No help button can reach this computer now. {{fault}} It is tried again every ten seconds.',
  short: {
    notSet: 'No address has been set, so a press cannot be heard. Set it under "Where help buttons call" first.',
    thisPcOnly: 'Only this computer itself gets in: a press may not be heard.',
    failed: 'The port could not be opened, so a press cannot be heard.',
  },
  byOptions:
    'The start options name an address, and that one counts now. What is saved here counts when the station starts without them.',
  nothingCame: 'Nothing has come since the station started.',
  came: '{{when}}: from {{source}}, number {{account}}, {{what}}.',
  noAccount: 'not given',
  button: '{{says}}: {{what}} (button {{zone}})',
  readAs: {
    alive: 'a sign of life',
    event: 'read',
    encrypted: 'encrypted, cannot be read',
    checksum: 'its check figure is wrong, not taken',
    unreadable: 'cannot be read',
    unknownAccount: 'this number is not set up, not taken',
    refused: 'could not be stored, asked to send again',
    notAllowed: 'this address is not on the list, not let in',
  },
  where: 'Which address of this computer receivers call',
  gone: 'This computer does not have this address now',
  every: 'All addresses',
  everyHint: 'Where addresses change, or there are several networks',
  self: 'This computer only',
  selfHint: 'No receiver outside gets in; for trying things out',
  port: 'Port',
  portHint: 'The receiver needs the same number',
  portWrong: 'The port is a number from 1024 to 65535',
  sources: 'Which addresses may report',
  sourcesHint:
    'The address of the receiver, such as 192.168.1.50, or a network, such as 192.168.1.0/24. Commas between them',
  sourcesWrong: 'The addresses that may report are not right',
  allow: 'Let {{source}} report too',
  allowHint: 'It has just tried to connect and was kept out',
  trial: 'Trial press',
  trialWaits: 'Press the button now. What comes is shown here.',
  trialMeans: 'A button that is set up already calls as for real: answer "test" when you deal with it.',
  match: { same: 'It came, and it is this button.', other: 'The number or the button is not the one above.' },
  take: 'Take what came: number {{account}}, button {{zone}}',
};
