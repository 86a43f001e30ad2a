import { z } from 'zod';
import { cameraAllowance } from '../kernel/primitives.ts';
import { streamFault, streamState } from '../kernel/video-wire.ts';

export const cameraView = z.object({
  cameraId: z.string(),
  /** 1, 2, 3 … in the order they were added: what people call it. */
  number: z.int(),
  name: z.string(),
  place: z.string(),
  onvifAddress: z.string().nullable(),
  mainUrl: z.string(),
  subUrl: z.string().nullable(),
  username: z.string().nullable(),
  hasPassword: z.boolean(),
  allows: z.array(cameraAllowance).optional(),
  state: streamState,
  since: z.number(),
  fault: streamFault.nullable(),
  lastLiveAt: z.number().nullable(),
});
export type CameraView = z.infer<typeof cameraView>;

/** The way to the pictures. */
export const videoTicket = z.object({ port: z.int(), ticket: z.string() });

export const foundDevices = z.object({
  devices: z.array(z.object({ address: z.string(), name: z.string(), hardware: z.string(), location: z.string() })),
});

/** What an ONVIF device offers; `leftOut`: profiles of which no stream could be read, and why. */
export const cameraDescription = z.object({
  manufacturer: z.string(),
  model: z.string(),
  profiles: z.array(
    z.object({
      token: z.string(),
      name: z.string(),
      encoding: z.string(),
      width: z.number(),
      height: z.number(),
      streamUrl: z.string(),
    }),
  ),
  leftOut: z.array(z.object({ name: z.string(), why: z.string() })),
  relayTokens: z.array(z.string()),
});

/** What a camera can be wired to, as it names it itself; an empty list: it names none. */
export const cameraWiring = z.object({ relayTokens: z.array(z.string()), inputTokens: z.array(z.string()) });
export type CameraWiring = z.infer<typeof cameraWiring>;
