/** What is open at a handover: each thing once, as `<kind>/<id>`. */

/** One thing that is open, as the feature lists it whose it is. */
export interface OpenThing {
  readonly item: string;
  /** Ids that are told with it. */
  readonly covers: readonly string[];
  /** Ids that it is about: where another thing covers one of them, this one is told with that. */
  readonly about: readonly string[];
}

/** Each thing once: a call and its alarm are one item, and so are a gate and the alarm about it. */
export const saidOnce = (things: readonly OpenThing[]): string[] => {
  const covered = new Set(things.flatMap(({ covers }) => covers));
  return things.filter(({ about }) => !about.some((id) => covered.has(id))).map(({ item }) => item);
};

export const openCalls = (incidents: readonly { readonly id: string; readonly resolved: boolean }[]): OpenThing[] =>
  incidents.filter(({ resolved }) => !resolved).map(({ id }) => ({ item: `incident/${id}`, covers: [id], about: [] }));

/** That somebody takes over is the answer to these. */
const answeredByTakeover: ReadonlySet<string> = new Set(['postUnstaffed', 'reliefMissing']);

export const openAlarmItems = (
  alarms: readonly {
    readonly id: string;
    readonly cause: string;
    readonly sourceId: string;
    readonly incidentId: string | null;
  }[],
): OpenThing[] =>
  alarms
    .filter(({ cause }) => !answeredByTakeover.has(cause))
    .map(({ id, sourceId, incidentId }) => ({
      item: `alarm/${id}`,
      covers: [],
      about: incidentId === null ? [sourceId] : [sourceId, incidentId],
    }));

/** `unseen`: nobody has seen it closed since it was opened; `unsettled`: a motion has no outcome that was seen. */
export const openGates = (
  barriers: readonly { readonly id: string; readonly unseen: boolean; readonly unsettled: boolean }[],
): OpenThing[] =>
  barriers
    .filter(({ unseen, unsettled }) => unseen || unsettled)
    .map(({ id }) => ({ item: `barrier/${id}`, covers: [id], about: [] }));

/** Visitors are one item, however many there are: a list to look through, not a row of buttons. */
export const visitorsItem = 'visits/inside';

export const visitorsInside = (count: number): OpenThing[] =>
  count === 0 ? [] : [{ item: visitorsItem, covers: [], about: [] }];

export type OpenThings = {
  readonly incidents: Parameters<typeof openCalls>[0];
  readonly alarms: Parameters<typeof openAlarmItems>[0];
  readonly barriers: Parameters<typeof openGates>[0];
  readonly visitorsInside: number;
};

/** All of it, for whoever holds all rows. */
export const openItems = (things: OpenThings): string[] =>
  saidOnce([
    ...openCalls(things.incidents),
    ...openAlarmItems(things.alarms),
    ...openGates(things.barriers),
    ...visitorsInside(things.visitorsInside),
  ]);
