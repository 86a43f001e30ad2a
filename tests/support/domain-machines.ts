import type { DomainMachine } from '../../electron/domain/kernel/machine.ts';
import { stationFeatures } from '../../electron/station/features.ts';

/** All kinds of machines that the station's features have. */
export const domainMachines: Readonly<Record<string, DomainMachine>> = Object.fromEntries(
  stationFeatures.flatMap(({ machines }) => machines).map((machine) => [machine.kind, machine]),
);

/** The machine of this kind. Throws where there is none. */
export const machineOf = (kind: string): DomainMachine => {
  const machine = domainMachines[kind];
  if (machine === undefined) throw new Error(`no machine is called ${kind}`);
  return machine;
};
