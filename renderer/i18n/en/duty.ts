/** Setting up, signing in, taking over, roster, people and devices. */
export const duty = {
  role: { volunteer: 'Volunteer', guard: 'Guard', manager: 'Manager' },
  roleMeans: { volunteer: 'watches in the room', guard: 'watches at the gate', manager: 'also changes settings' },
  signIn: {
    title: 'Sign in', lead: 'Press your name, then enter your PIN.', hello: '{{name}}, enter your PIN', demoPin: 'This is the demo: every PIN is 2580.', pin: 'PIN', enter: 'Sign in', notMe: 'That is not me', pinShort: 'A PIN has 4 to 8 digits', clear: 'Clear', erase: 'Erase one digit', youAre: 'You are', out: 'Sign out',
    outHint: 'You stay responsible until somebody takes over', nobody: 'The list is empty', nobodyNext: 'It is being read; just a moment.', lost: 'A manager has lost the PIN',
  },
  recover: { title: 'A new PIN by recovery code', lead: 'Only managers have a code, written down at the start. Everybody else asks a manager.', code: 'Recovery code', newPin: 'New PIN', needsCode: 'Enter the code', needsPin: 'The new PIN needs 4 to 8 digits', set: 'Set the new PIN' },
  recoveryCode: { title: 'Write this code down', means: 'It is shown this once. Without the PIN it is the only way in. Write it on paper and keep it safe.', written: 'I have written it on paper', on: 'Go on', first: 'Write it down first, and tick the box' },
  setup: {
    title: 'Welcome to Guardroom', lead: 'There is nothing here yet. Would you like to look around first, or set up your own community?', demoTitle: 'Look at the demo', demoMeans: 'A made-up community: pictures move, the help button can be pressed, the gate opens. Try anything.', demoMark: 'The word "Demo" stays on the screen.', demoStart: 'Open the demo community',
    demoStarting: 'Getting the demo ready…', ownTitle: 'Set up your own', ownMeans: 'Give it a name and a first manager, then connect a camera, a gate and a help button.', ownNeeds: 'About five minutes. Every step can be skipped.', ownStart: 'Set up',
    community: 'Name of the community', communityHint: 'It stands at the top of the screen', manager: 'Name of the manager', managerHint: 'The first one; others can be added', pin: 'PIN', pinHint: '4 to 8 digits, not an easy one such as 1234', pinAgain: 'The PIN again', pinsDiffer: 'The two PINs differ',
    needsCommunity: 'Fill in the name of the community', establish: 'Set it up', skip: 'Skip', stepOf: 'Step {{step}} of {{all}}:', step: { camera: 'add a camera', gate: 'add a gate', helpPoint: 'add a help button' },
    doneTitle: 'It is set up', doneNext: 'Now press "Take over", so that somebody is responsible.', toRoom: 'Go to the monitoring room',
  },
  takeover: {
    title: 'Take over', lead: 'Responsibility passes when the next person has looked at all that is open, and accepts.', who: 'From whom to whom', from: 'From', to: 'To', nobodyMeans: 'Nobody is responsible now', since: '{{from}} to {{to}}', notBegun: 'nobody yet', begunAt: 'began at {{time}}',
    youAreOn: 'You are on duty. Whoever takes over signs in under their own name and comes here.', nobodyYet: 'Nobody is on duty. You can take over at once.', begin: 'Before you take over, look at what is open.', beginButton: 'I take over', whyYou: 'You are on duty; somebody else takes over',
    noPost: 'Not possible yet', noPostNext: 'The station is not ready; just a moment.', nothingOpen: 'Nothing is open', nothingOpenNext: 'Look at the pictures; if all is well, accept.', look: 'Open things: {{count}}. Look at each.',
    iHaveSeen: 'I have looked', seen: '✓ Looked at', lookFirst: 'Still to look at: {{left}}', untilThen: 'You will be responsible until {{time}}.', accept: 'Accept: I am responsible', acceptHint: 'From this moment on', withdraw: 'Not now', withdrawHint: 'Responsibility stays where it is',
    other: '{{incoming}} is taking over. Until then {{outgoing}} is responsible.', helpAt: 'Call for help at {{place}}', closedSince: 'This is closed by now',
    work: { open: 'since {{time}}, nobody has taken it', claimed: '{{name}} is on it', inProgress: '{{name}} is on it', parked: 'set aside for now', resolved: 'closed', reviewed: 'closed' },
  },
  roster: {
    title: 'Roster', lead: 'Who, from when, to when. Gaps carry a triangle.', add: 'Plan a shift', who: 'Who', from: 'From', to: 'To', actions: 'Change', gap: 'Nobody', andOn: 'open end', now: 'now', responsible: 'responsible', empty: 'Nobody is planned yet',
    emptyNext: 'With a roster everybody knows who comes next, and the room reminds them.', remove: 'Remove', removeAgain: 'Tap again: remove', needsPerson: 'Choose a person', needsTimes: 'The end must be after the beginning',
  },
  people: {
    title: 'People and devices', lead: 'Everybody can look, managers can change.', which: 'Which', kind: { people: 'People', contacts: 'Phone list', cameras: 'Cameras', barriers: 'Gates', helpPoints: 'Help buttons' },
    add: { people: 'Add a person', contacts: 'Add a number', cameras: 'Add a camera', barriers: 'Add a gate', helpPoints: 'Add a help button' },
    none: { people: 'No people yet', contacts: 'No numbers yet', cameras: 'No cameras yet', barriers: 'No gates yet', helpPoints: 'No help buttons yet' }, noneNext: 'A manager can add one with the button above.',
    addPerson: 'Add a person', changePerson: 'Change a person', name: 'Name', pin: 'PIN', pinKeep: 'Empty: it stays as it is', role: 'Role', active: 'Still here?', activeIs: { yes: 'Yes', no: 'No, has left' }, left: 'has left', needsName: 'Fill in the name', needsPin: 'Set a PIN', editOne: 'Change {{name}}',
  },
  contact: { add: 'Add a number', change: 'Change a number', name: 'Name', nameHint: 'for example the patrol', rank: 'Order', rankHint: 'Lower is called first', rankWrong: '1 to 99' },
  finder: { look: 'Look for cameras on the network', looking: 'Looking…', hint: 'About four seconds', none: 'None found', noneNext: 'See whether the camera has power and is on this network, or enter its address.' },
  device: {
    addCamera: 'Add a camera', changeCamera: 'Change a camera', addGate: 'Add a gate', changeGate: 'Change a gate', addHelpPoint: 'Add a help button', changeHelpPoint: 'Change a help button',
    name: 'Name', nameHint: 'what people call it, for example North gate', place: 'Where', placeHint: 'for example entrance 3-1', onvifAddress: 'Address of the device (may stay empty)', addressHint: 'Needed for its alarms and relays', mainUrl: 'Address of the large picture', mainUrlHint: 'for enlarging', subUrl: 'Address of the small picture (may stay empty)', subUrlHint: 'for many at a time; costs less',
    username: 'User name (may stay empty)', password: 'Password (may stay empty)', passwordKeep: 'Empty: it stays as it is', ask: 'Ask the camera for its pictures', askHint: 'Fills in the next two', askWhy: 'Enter the device\'s address first',
    needsName: 'Fill in the name', needsPlace: 'Fill in where it is', needsStream: 'Fill in the address of the large picture', subWrong: 'The small picture\'s address is wrong', addressWrong: 'The device\'s address is wrong', needsCamera: 'First add a camera with the device\'s address', needsRelays: 'Fill in both relays',
    gateName: 'Name of the gate', gateCamera: 'Camera that sees it', gateCameraHint: 'Its relays move the arm', openRelay: 'Relay that raises', closeRelay: 'Relay that lowers', openInput: 'Input for "up" (may stay empty)', closedInput: 'Input for "down" (may stay empty)', inputHint: 'Only with limit switches', travel: 'Seconds to rise', travelHint: 'Usually 3', travelWrong: '0.5 to 60 seconds',
    helpPlace: 'Where', helpPlaceHint: 'for example 3-1-502', resident: 'What to call the resident', account: 'Number of the receiver', accountHint: 'The account set in the receiver, 3 to 16 digits', accountWrong: '3 to 16 digits or letters A to F', zone: 'Number of the button', zoneHint: 'The zone in the receiver', zoneWrong: '1 to 6 digits or letters', supervision: 'Minutes of silence before a reminder', supervisionHint: 'Longer than the receiver\'s own interval', supervisionWrong: 'One minute to one day', showCameras: 'Pictures to bring up when it is pressed',
  },
};
