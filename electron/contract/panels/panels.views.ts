import { z } from 'zod';
import { personal } from '../kernel/primitives.ts';

export const helpPointView = z.object({
  helpPointId: z.string(),
  place: z.string(),
  residentName: personal,
  /** Of the home. */
  phone: personal,
  /** Who belongs to the resident, and who has a key: name and number in one line. */
  family: personal,
  keyHolder: personal,
  account: z.string(),
  zone: z.string(),
  supervisionMs: z.number(),
  cameraIds: z.array(z.string()),
});
export type HelpPointView = z.infer<typeof helpPointView>;

const panelPlace = z.object({ host: z.string(), port: z.int(), sources: z.array(z.string()) });
/** Where help receivers reach this machine, and what came there. */
export const receiverReply = z.object({
  /** As in the station's health; `simulated`: the receiver is simulated on this machine. */
  state: z.enum(['ok', 'notSet', 'thisPcOnly', 'failed', 'simulated']),
  /** What a manager chose; `null`: nobody yet. */
  chosen: panelPlace.nullable(),
  /** What the start options name; it wins for this run. */
  options: panelPlace.nullable(),
  listening: z.discriminatedUnion('state', [
    z.object({ state: z.literal('listening'), host: z.string(), port: z.int() }),
    z.object({ state: z.literal('failed'), fault: z.enum(['portTaken', 'addressGone', 'notPermitted', 'failed']) }),
    z.object({ state: z.literal('off') }),
  ]),
  /** IPv4 addresses of this machine, with the system's name of the interface. */
  addresses: z.array(z.object({ address: z.string(), name: z.string() })),
  /** The newest messages that came, newest first. */
  seen: z.array(
    z.object({
      atMs: z.number(),
      source: z.string(),
      account: z.string(),
      readAs: z.enum([
        'alive',
        'event',
        'encrypted',
        'checksum',
        'unreadable',
        'unknownAccount',
        'refused',
        'notAllowed',
      ]),
      meaning: z.string().nullable(),
      zone: z.string(),
    }),
  ),
});
export type ReceiverReply = z.infer<typeof receiverReply>;

export const receiverHealth = {
  /** Whether help receivers can reach this machine. `notSet`: nobody has chosen where; `thisPcOnly`: chosen so. */
  receiver: z.enum(['ok', 'notSet', 'thisPcOnly', 'failed']),
};
