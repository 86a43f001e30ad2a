import { z } from 'zod';
import { defineContract } from '../kernel/feature.ts';
import { idText, lineText, phoneText } from '../kernel/primitives.ts';
import { managers } from '../kernel/rights.ts';
import { panelFacts } from './panels.facts.ts';
import { helpPointView, receiverHealth, receiverReply } from './panels.views.ts';

/** An IPv4 address, or a range of them (`192.168.1.0/24`). */
const ipv4Range = z.union([z.ipv4(), z.cidrv4()]);

/** Help buttons, and where their receivers reach this machine. */
export const panels = defineContract({
  name: 'panels',
  commands: {
    /**
     * Adds a one-key help button, or changes it. Who lives there and how they, their family and who has a key are reached is personal; what is left
     * out stays as it is, `null` takes it away.
     */
    addHelpPoint: {
      fields: {
        helpPointId: idText.nullable(),
        place: lineText(40),
        residentName: lineText(40).nullable(),
        phone: phoneText.nullable().optional(),
        family: lineText(60).nullable().optional(),
        keyHolder: lineText(60).nullable().optional(),
        account: z.string().regex(/^[0-9A-Fa-f]{3,16}$/),
        zone: z.string().regex(/^[0-9A-Za-z]{1,6}$/),
        supervisionMs: z.int().min(10_000).max(86_400_000),
        cameraIds: z.array(idText).max(9),
      },
      right: managers,
    },
    /** Taken down: no more waited for. What it was and what happened there stay in the journal, with its place. */
    removeHelpPoint: { fields: { helpPointId: idText }, right: managers },
    /** Where help receivers reach this machine: one of its IPv4 addresses, `0.0.0.0` for all, `127.0.0.1` for this machine alone; and who may. */
    setReceiver: {
      fields: {
        host: z.ipv4(),
        port: z.int().min(1024).max(65_535),
        sources: z.array(ipv4Range).min(1).max(20),
      },
      right: managers,
    },
  },
  asks: {
    receiver: { ask: {}, reply: receiverReply, right: managers },
  },
  collections: { helpPoints: helpPointView },
  facts: panelFacts,
  refusals: ['zoneTaken', 'callRunning'],
  health: receiverHealth,
});
