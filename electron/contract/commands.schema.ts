/** What seats may ask the station to do, of all features. The actor and the seat come from the session, never from the message. */
import { z } from 'zod';
import { allOf, type AllOf } from './derive.ts';
import { commandObject, type CommandContract, type CommandObject } from './kernel/feature.ts';
import { json, jsonObject } from './kernel/primitives.ts';

type Commands = AllOf<'commands'>;
export type CommandType = keyof Commands & string;
export type CommandOf<T extends CommandType> = {
  [Type in T]: z.infer<CommandObject<Type, Commands[Type]['fields']>>;
}[T];
export type Command = CommandOf<CommandType>;

/** Every command's part of the contract. */
export const commandContracts: Readonly<Record<CommandType, CommandContract>> = allOf('commands');
export const commandTypes = Object.keys(commandContracts) as readonly CommandType[];

const objects = commandTypes.map((type) => commandObject(type, commandContracts[type].fields));
const [first, ...others] = objects;
if (first === undefined) throw new Error('no feature has a command');

/** A command as it comes in. The fields are those of the feature that has it. */
export const commandSchema = z.discriminatedUnion('type', [first, ...others]) as unknown as z.ZodType<Command>;

/** How long a motion lives, from `occurredAt` or its arrival, whichever is earlier; milliseconds. */
export const MOTION_LIFETIME_MS = 5000;

/** What the station answers. A refusal says why; `kind` is a catalogue key (`refusal.<kind>`). */
export const answerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), seq: z.int(), value: jsonObject }),
  z.object({ ok: z.literal(false), refusal: z.object({ kind: z.string(), details: json.optional() }) }),
]);
export type Answer = z.infer<typeof answerSchema>;
export type { GateReason } from './gates/gates.contract.ts';
