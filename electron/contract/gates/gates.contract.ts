import { z } from 'zod';
import { keepOpenRangeMs, openLimit } from '../../domain/barriers/arm.rules.ts';
import { defineContract } from '../kernel/feature.ts';
import { idText, lineText, noteText } from '../kernel/primitives.ts';
import { managers, onDuty } from '../kernel/rights.ts';
import { barrierFacts, gateFacts } from './gates.facts.ts';
import { barrierView } from './gates.views.ts';

export const gateReason = z.enum(['ambulance', 'fire', 'resident', 'visitor', 'delivery', 'other']);
export type GateReason = z.infer<typeof gateReason>;

const outlet = z.string().min(1).max(64);

/** Gates: set up, driven, looked at. */
export const gates = defineContract({
  name: 'gates',
  commands: {
    /** Adds a barrier that is driven by the relays of an ONVIF device (the camera `cameraId`), or changes it. */
    addBarrier: {
      fields: {
        barrierId: idText.nullable(),
        name: lineText(40),
        cameraId: idText,
        openRelay: outlet,
        closeRelay: outlet,
        openInput: outlet.nullable(),
        closedInput: outlet.nullable(),
        travelMs: z.int().min(500).max(60_000),
        /** How long it may not be seen closed before somebody is reminded; left out: as it is, else 5 minutes. */
        openLimitMs: z.int().min(openLimit.leastMs).max(openLimit.mostMs).exactOptional(),
      },
      right: managers,
    },
    /** Taken down: no more driven or watched. What it was and what happened there stay in the journal, with its name. */
    removeBarrier: { fields: { barrierId: idText }, right: managers },
    /** Motions: dead 5 s after they were given, by the station's clock. */
    openBarrier: {
      fields: { barrierId: idText, reason: gateReason, note: noteText(200).nullable() },
      right: onDuty,
      motion: true,
    },
    closeBarrier: {
      fields: { barrierId: idText, reason: z.enum(['afterPassage', 'other']), note: noteText(200).nullable() },
      right: onDuty,
      motion: true,
    },
    /** A person has looked: the arm stands there. */
    confirmBarrier: { fields: { barrierId: idText, position: z.enum(['open', 'closed']) }, right: onDuty },
    /** It is to stay open for so long from now: nobody is reminded before. */
    keepBarrierOpen: {
      fields: { barrierId: idText, forMs: z.int().min(keepOpenRangeMs.least).max(keepOpenRangeMs.most) },
      right: onDuty,
    },
  },
  collections: { barriers: barrierView },
  facts: gateFacts,
  machineFacts: barrierFacts,
  refusals: ['cameraHasNoRelays'],
  health: {
    /** Gates whose arm is between its ends just now, on a motion that was given here: seen, and not written down. */
    armsMoving: z.array(z.string()),
  },
});
