import { z } from 'zod';
import { defineContract } from '../kernel/feature.ts';
import { idText } from '../kernel/primitives.ts';
import { onDuty } from '../kernel/rights.ts';
import { alarmFacts, sirenFacts } from './alarms.facts.ts';
import { alarmView } from './alarms.views.ts';

/** The queue of alarms, and the siren. */
export const alarms = defineContract({
  name: 'alarms',
  commands: {
    acknowledgeAlarm: { fields: { alarmId: idText }, right: onDuty },
    /** Quietens the siren for everybody; the reasons stay open and the siren comes back with the next escalation. */
    silenceSiren: { fields: {}, right: onDuty },
  },
  collections: { alarms: alarmView },
  facts: sirenFacts,
  machineFacts: alarmFacts,
  refusals: ['sirenSilent'],
  health: { sounder: z.enum(['ready', 'sounding', 'missing', 'failed']) },
});
