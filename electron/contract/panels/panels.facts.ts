import { z } from 'zod';
import { factsAbout, sealedText } from '../kernel/fact.ts';

const helpPoint = {
  place: z.string(),
  residentName: sealedText.nullable(),
  phone: sealedText.nullable(),
  family: sealedText.nullable(),
  keyHolder: sealedText.nullable(),
  account: z.string(),
  zone: z.string(),
  supervisionMs: z.number(),
  cameraIds: z.array(z.string()),
};

/** What is written down of help buttons, their receivers, and what panels report that is no alarm. */
export const panelFacts = {
  ...factsAbout('helpPoint', {
    'v1.HelpPointAdded': helpPoint,
    'v1.HelpPointChanged': { ...helpPoint, changes: z.array(z.string()) },
    'v1.HelpPointRemoved': { place: z.string() },
  }),
  ...factsAbout('receiver', {
    'v1.ReceiverSet': {
      host: z.string(),
      port: z.number(),
      sources: z.array(z.string()),
      changes: z.array(z.string()).optional(),
    },
  }),
  ...factsAbout('station', {
    'v1.PanelReported': {
      account: z.string(),
      zone: z.string(),
      /** What the number behind the code names. */
      number: z.string(),
      code: z.string(),
      meaning: z.string(),
      restored: z.boolean(),
      protocol: z.string(),
    },
  }),
};
