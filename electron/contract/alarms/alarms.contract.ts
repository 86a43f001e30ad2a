import { z } from 'zod';
import { defineContract } from '../kernel/feature.ts';
import { idText } from '../kernel/primitives.ts';
import { onDuty } from '../kernel/rights.ts';
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
  facts: ['v1.SirenSilenced', 'v1.SirenSounded', 'v1.SirenUnheard'],
  refusals: ['sirenSilent'],
  health: { sounder: z.enum(['ready', 'sounding', 'missing', 'failed']) },
});
