import { gates } from '../../../contract/gates/gates.contract.ts';
import { barrier } from '../../../domain/barriers/barrier.ts';
import { isUnsettled } from '../../../domain/barriers/arm.rules.ts';
import { openGates } from '../../../domain/shifts/open-items.rules.ts';
import { defineFeature } from '../../core/define-feature.ts';
import { barrierRows } from '../../parts/rows.ts';
import { barriersCollection } from './barriers.collection.ts';
import { driveBarrier } from './drive-barrier.ts';
import { putOffReminder } from './gate-watch.ts';
import { gatesCommands } from './gates.commands.ts';
import { serveGates } from './serve-gates.ts';

/** Gates: set up, driven, looked at. */
export const gatesFeature = defineFeature({
  contract: gates,
  machines: [barrier],
  collections: { barriers: barriersCollection },
  commands: gatesCommands,
  effects: [driveBarrier],
  openThings: (rows) =>
    openGates(
      barrierRows.all(rows).map(({ barrierId, standing, commandState }) => ({
        id: barrierId,
        unseen: standing !== null,
        unsettled: isUnsettled(commandState),
      })),
    ),
  putOff: putOffReminder,
  serve: serveGates,
});
