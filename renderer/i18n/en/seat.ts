/** What stands on every screen. */
export const seat = {
  common: {
    pageTitle: 'Guardroom', close: 'Close', cancel: 'Cancel', back: 'Back', save: 'Save', edit: 'Change', listComma: ', ', somebody: 'a colleague', theStation: 'The station',
    aDevice: 'a device', notShown: '(not shown)',
  },
  time: { justNow: 'just now', clock: 'Time' },
  waiting: {
    useHere: 'Use it here',
    connecting: { title: 'Connecting to the station', next: 'This takes a few seconds. If it stays like this, see whether the station\'s computer is on, and open the address it shows.' },
    ok: { title: 'Reading', next: 'Just a moment.' },
    silent: { title: 'The station does not answer', next: 'It is tried again and again, and goes on by itself. See whether the station\'s computer is on.' },
    replaced: { title: 'This seat was opened in another window', next: 'A seat is used in one window only, so that no two people each do half of something.' },
  },
  header: {
    clockStopped: 'Clock stopped: no answer', responsible: 'Who is responsible', onDuty: 'On duty', nobody: 'Nobody', until: 'until {{time}}', overdue: 'since {{time}} nobody has taken over',
    next: 'Next', nobodyNext: 'nobody planned', nextAt: '{{name}} {{time}}', signIn: 'Sign in', demo: 'Demo', largePrint: 'Large print', toLight: 'Light', toDark: 'Dark',
    station: { ok: 'Station is fine', silent: 'Station is silent', trouble: 'Station has a problem', sounding: 'Siren sounding', noSounder: 'Station is fine, no siren' },
  },
  banner: {
    silent: 'The station has not answered since {{time}}. Pictures and states may be old, and the gate cannot be moved from here. Trying again.',
    silentFromStart: 'The station does not answer. Trying again. See whether its computer is on.',
    storageFailed: 'The log cannot be written: what you do now is not kept. Tell a manager at once to look at the disk.', storageLow: 'The disk is nearly full. Tell a manager.',
    journalBroken: 'The log was changed. The log page says which line. Tell a manager.', clockJumped: 'The clock of this computer was changed. Check the time.',
    unreadable: 'This page cannot read some of what it is told; the station may be newer. Reload the page.', soundOff: 'Sound is off. You will not hear a call for help here.', soundOn: 'Turn sound on',
  },
  nav: {
    label: 'What you can do', room: 'Wall', gate: 'Gate', visitors: 'Visitors', phoneList: 'Phone list', note: 'Write a note', takeover: 'Take over', log: 'Log', roster: 'Roster', people: 'People, devices', signIn: 'Sign in',
  },
  why: { signIn: 'Sign in first', manager: 'A manager can do this', managerNamed: '{{names}} can do this (manager)', responsible: 'Whoever is on duty, or a manager, can do this' },
  room: {
    wall: 'Camera pictures', empty: 'No cameras yet', addCamera: 'Add a camera', allMoving: 'All {{count}} pictures are moving', someMoving: '{{moving}} of {{all}} cameras show a moving picture', size: 'Pictures at a time',
    tiles: '{{count}} at a time', back: 'Back to the wall', previous: 'Previous', nextPage: 'Next', firstPage: 'This is the first page', lastPage: 'This is the last page',
  },
  camera: {
    unknown: 'Unknown camera', called: '{{number}} {{name}}', number: '{{number}}', connecting: 'Connecting…',
    stalled: 'The picture has stood still since {{time}} ({{since}}). Trying again.', offline: 'No picture since {{time}} ({{since}}). Trying again and again.',
    short: { stalled: 'Still since {{time}}', offline: 'No picture since {{time}}' },
    state: { live: 'picture is fine', connecting: 'connecting', stalled: 'stands still since {{time}}', offline: 'no picture since {{time}}' },
    fault: {
      unreachable: 'It may have no power, or a loose cable.', refused: 'The camera refused.', credentials: 'Name or password is wrong; a manager should check them.', noSuchStream: 'The camera has no picture at this address.',
      unsupported: 'This kind of picture cannot be shown.', protocol: 'The camera gives an answer that cannot be read.', noFrames: 'Connected, but no pictures come.', closed: 'The camera ended the connection.', busy: 'The camera is too busy.',
      link: 'The line for pictures is cut.', decoder: 'This computer cannot show this picture.',
    },
  },
  note: { title: 'Write a note', label: 'What happened?', hint: 'It goes into the shift\'s log and cannot be removed.', save: 'Write it down', writeFirst: 'Write something first' },
  phoneList: {
    title: 'Phone list', lead: 'Call from the top. After each call, press what came of it.', leadQuiet: 'Nobody needs help now. When somebody does, call from the top.', empty: 'The list is empty', emptyNext: 'A manager can add people under "People, devices".',
    ambulance: 'Ambulance', outcomeOf: 'What came of calling {{name}}',
  },
  outcome: { reached: 'Reached', noAnswer: 'No answer', busy: 'Busy', wrongNumber: 'Wrong number', onTheWay: 'On the way' },
  help: { title: 'Keys', lead: 'Everything works without a mouse. While you type, single letters do nothing else.', letterKeys: 'Use single letters' },
  keys: {
    room: 'To the wall', gate: 'Gate', visitors: 'Visitors', note: 'Write a note', phoneList: 'Phone list', takeover: 'Take over', log: 'Log', roster: 'Roster', people: 'People, devices', signIn: 'Sign in or out',
    take: 'I take this call for help', acknowledge: 'I have seen it', answer1: 'First answer', answer2: 'Second answer', answer3: 'Third answer', unsure: 'I am not sure', back: 'Back to the last question', readAloud: 'Read it to me',
    silence: 'Turn the siren off', quietHere: 'Mute here for one minute', largePrint: 'Large print', theme: 'Dark or light', language: 'Language', help: 'These keys', enlarge: 'Enlarge the chosen picture', escape: 'Close, or back to the wall', tab: 'To the next button',
  },
};
