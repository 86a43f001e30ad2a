import { z } from 'zod';
import { factsAbout, sealedText } from '../kernel/fact.ts';
import { cameraAllowance } from '../kernel/primitives.ts';

const config = {
  number: z.int().positive(),
  name: z.string(),
  place: z.string(),
  onvifAddress: sealedText.nullable(),
  mainUrl: sealedText,
  subUrl: sealedText.nullable(),
  username: z.string().nullable(),
  allows: z.array(cameraAllowance),
  passwordCipher: z.string().nullable(),
};

/** What is written down of how a camera is set up. */
export const cameraConfigFacts = factsAbout('cameraConfig', {
  'v1.CameraAdded': config,
  'v1.CameraChanged': { ...config, changes: z.array(z.string()) },
});

const state = z.enum(['connecting', 'live', 'stalled', 'offline']);
const fault = z.string().nullable();

/** What is written down of a camera's picture. */
export const cameraFacts = factsAbout('camera', {
  'v1.CameraInstalled': {},
  'v1.CameraRemoved': { by: z.string() },
  'v1.CameraConnectionChanged': { state, from: state, hadPicture: z.boolean(), fault },
  'v1.CameraAskedForLess': { fault },
  'v1.CameraLost': { since: z.number(), lastLiveAt: z.number().nullable() },
});
