/** The commands that seats send. The contract's schemas have exactly these. */
export const commandTypes = [
  'establishCommunity',
  'setAddress',
  'setTimeZone',
  'addPerson',
  'addCamera',
  'addBarrier',
  'addHelpPoint',
  'setReceiver',
  'addContact',
  'removeCamera',
  'removeBarrier',
  'removeHelpPoint',
  'removeContact',
  'setRosterEntry',
  'removeRosterEntry',
  'beginTakeover',
  'acceptTakeover',
  'withdrawTakeover',
  'acknowledgeAlarm',
  'claimIncident',
  'answerStep',
  'stepBack',
  'parkIncident',
  'resumeIncident',
  'recordCall',
  'resolveIncident',
  'reviewIncident',
  'openBarrier',
  'closeBarrier',
  'confirmBarrier',
  'keepBarrierOpen',
  'registerVisit',
  'visitorLeft',
  'takeBackDeparture',
  'forgetVisitor',
  'addNote',
  'addManagerNote',
  'silenceSiren',
] as const;

/** What seats ask without changing anything. */
export const queryTypes = [
  'readLog',
  'verifyJournal',
  'exportLog',
  'videoTicket',
  'discover',
  'describeDevice',
  'describeCamera',
  'receiver',
] as const;

type CommandType = (typeof commandTypes)[number];
type QueryType = (typeof queryTypes)[number];
export type Action = CommandType | QueryType;
