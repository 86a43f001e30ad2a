/** Names that the station itself makes, beside those of the domain's machines: a seat has a text for each. */
import type { AnyFact, AnyOf } from './derive.ts';

/** Facts without a machine (`log.says.<name>` without the version). */
export type StationFact = AnyFact;

/** Refusals of the way in and of storage, whatever the feature. */
type FrameRefusal =
  | 'notSignedIn'
  | 'notAtThisSeat'
  | 'notFound'
  | 'idReused'
  | 'expired'
  | 'tooOld'
  | 'storageFailed'
  | 'stationFault'
  | 'alreadyForgotten';

/** Why the station refuses, beside the rules of the machines (`refusal.<kind>`). A device's fault is refused by its own kind. */
export type StationRefusal = FrameRefusal | AnyOf<'refusals'>;
