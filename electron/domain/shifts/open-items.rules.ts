/** What is open at a handover: each thing once, as `<kind>/<id>`. */

/** A row of a read model with what these rules look at. */
type Thing = { readonly id: string };

export type OpenThings = {
  readonly incidents: readonly (Thing & { readonly resolved: boolean })[];
  readonly alarms: readonly (Thing & {
    readonly cause: string;
    readonly sourceId: string;
    readonly incidentId: string | null;
  })[];
  /** `unseen`: nobody has seen it closed since it was opened; `unsettled`: a motion has no outcome that was seen. */
  readonly barriers: readonly (Thing & { readonly unseen: boolean; readonly unsettled: boolean })[];
  readonly visitorsInside: number;
};

/** Visitors are one item, however many there are: a list to look through, not a row of buttons. */
export const visitorsItem = 'visits/inside';

/** That somebody takes over is the answer to these. */
const answeredByTakeover: ReadonlySet<string> = new Set(['postUnstaffed', 'reliefMissing']);

/**
 * A call and its alarm are one item, and so are a gate and the alarm about it.
 */
export const openItems = ({ incidents, alarms, barriers, visitorsInside }: OpenThings): string[] => {
  const calls = new Set(incidents.filter(({ resolved }) => !resolved).map(({ id }) => id));
  const gates = new Set(barriers.filter(({ unseen, unsettled }) => unseen || unsettled).map(({ id }) => id));
  const others = alarms.filter(
    ({ cause, sourceId, incidentId }) =>
      !answeredByTakeover.has(cause) && !calls.has(incidentId ?? '') && !gates.has(sourceId),
  );
  return [
    ...[...calls].map((id) => `incident/${id}`),
    ...others.map(({ id }) => `alarm/${id}`),
    ...[...gates].map((id) => `barrier/${id}`),
    ...(visitorsInside === 0 ? [] : [visitorsItem]),
  ];
};
