import { alarm } from './alarms/alarm.machine.ts';
import { barrier } from './barriers/barrier.ts';
import { camera } from './cameras/camera.machine.ts';
import { incident } from './incidents/incident.ts';
import type { DomainMachine, EntityKind } from './kernel/machine.ts';
import { shift } from './shifts/shift.ts';
import { visit } from './visits/visit.machine.ts';

/** All kinds of machines that the station runs. */
export const domainMachines: Readonly<Record<EntityKind, DomainMachine>> = {
  alarm,
  incident,
  barrier,
  camera,
  shift,
  visit,
};
