/** Names that the station itself makes, beside those of the domain's machines: a seat has a text for each. */

/** Facts without a machine (`log.says.<name>` without the version). */
export const stationFacts = [
  'v1.CommunityEstablished',
  'v1.AddressSet',
  'v1.StationStarted',
  'v1.ClockJumped',
  'v1.SirenSilenced',
  'v1.SirenSounded',
  'v1.SirenUnheard',
  'v1.PanelReported',
  'v1.PersonAdded',
  'v1.PersonChanged',
  'v1.PinRecovered',
  'v1.PinChanged',
  'v1.SignedIn',
  'v1.SignedOut',
  'v1.SignInFailed',
  'v1.CameraAdded',
  'v1.CameraChanged',
  'v1.BarrierAdded',
  'v1.BarrierChanged',
  'v1.HelpPointAdded',
  'v1.HelpPointChanged',
  'v1.ReceiverSet',
  'v1.ContactAdded',
  'v1.ContactChanged',
  'v1.RosterEntrySet',
  'v1.RosterEntryRemoved',
  'v1.NoteAdded',
  'v1.ManagerNoteAdded',
] as const;
export type StationFact = (typeof stationFacts)[number];

/** Why the station refuses, beside the rules of the machines (`refusal.<kind>`). A device's fault is refused by its own kind. */
export const stationRefusals = [
  'notSignedIn',
  'notFound',
  'idReused',
  'expired',
  'tooOld',
  'storageFailed',
  'stationFault',
  'alreadyForgotten',
  'notEmpty',
  'demoOnly',
  'lastManager',
  'hasLeft',
  'zoneTaken',
  'cameraHasNoRelays',
  'sirenSilent',
  'gateNotSeen',
  'wrongPin',
  'tooManyAttempts',
  'wrongCode',
] as const;
export type StationRefusal = (typeof stationRefusals)[number];
