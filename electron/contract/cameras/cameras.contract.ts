import { z } from 'zod';
import { defineContract } from '../kernel/feature.ts';
import { cameraAllowance, deviceText, deviceUrl, idText, lineText } from '../kernel/primitives.ts';
import { managers, managersAndFounders, onDuty } from '../kernel/rights.ts';
import { parseStreamAddress } from '../kernel/stream-address.ts';
import { cameraConfigFacts, cameraFacts } from './cameras.facts.ts';
import { cameraDescription, cameraView, cameraWiring, foundDevices, videoTicket } from './cameras.views.ts';

/** An address the intake can read whole; what is ambiguous or holds control characters never gets further than here. */
const streamUrl = z
  .string()
  .max(400)
  .refine((text) => parseStreamAddress(text).ok, { error: 'streamUrl' });

/** Cameras: set up, found on the network, watched. */
export const cameras = defineContract({
  name: 'cameras',
  commands: {
    /** Adds a camera, or changes the one with this id. `password: null` leaves it as it is. */
    addCamera: {
      fields: {
        cameraId: idText.nullable(),
        name: lineText(40),
        place: lineText(60),
        onvifAddress: deviceUrl.nullable(),
        mainUrl: streamUrl,
        subUrl: streamUrl.nullable(),
        username: deviceText(64).nullable(),
        password: deviceText(128).nullable(),
        /** Nothing where it is left out. */
        allows: z.array(cameraAllowance).max(cameraAllowance.options.length).optional(),
      },
      right: managers,
    },
    /** Taken down: no more watched. What it was and what happened there stay in the journal, with its name. */
    removeCamera: { fields: { cameraId: idText }, right: managers },
  },
  asks: {
    videoTicket: { ask: {}, reply: videoTicket, right: onDuty },
    /** Looks for ONVIF devices. Managers, and an empty community. */
    discover: { ask: { waitMs: z.int().min(500).max(10_000) }, reply: foundDevices, right: managersAndFounders },
    /** Asks one ONVIF device what it offers. Managers, and an empty community. */
    describeDevice: {
      ask: { address: deviceUrl, username: deviceText(64).nullable(), password: deviceText(128).nullable() },
      reply: cameraDescription,
      right: managersAndFounders,
    },
    /** Asks a camera that is set up, with the login kept for it, how it names its outputs and inputs; nothing is moved. */
    describeCamera: { ask: { cameraId: idText }, reply: cameraWiring, right: managers },
  },
  collections: { cameras: cameraView },
  facts: cameraConfigFacts,
  machineFacts: cameraFacts,
  refusals: ['cameraDrivesGate'],
});
