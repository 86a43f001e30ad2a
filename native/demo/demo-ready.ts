import { parseJson } from '../../electron/domain/kernel/json.ts';
import { z } from 'zod';

const camera = z.object({
  id: z.string(),
  onvif: z.string(),
  rtspMain: z.string(),
  rtspSub: z.string(),
  username: z.string(),
  password: z.string(),
});

/** The line that the simulators print when they are ready: where each of them is. */
const readyLine = z.object({ simulator: z.literal('ready'), control: z.string(), cameras: z.array(camera) });
export type DemoReady = z.infer<typeof readyLine>;

/** The ready line, or `null` for any other line. */
export const parseReadyLine = (line: string): DemoReady | null => {
  if (!line.startsWith('{')) return null;
  return readyLine.safeParse(parseJson(line)).data ?? null;
};
