/** What seats ask without changing anything, of all features: one table of question and reply. */
import { z } from 'zod';
import { allOf, type AllOf } from './derive.ts';
import { askObject, type AskContract, type AskObject } from './kernel/feature.ts';

type Asks = AllOf<'asks'>;
export type AskName = keyof Asks & string;
type QueryOf<Name extends AskName> = { [N in Name]: z.infer<AskObject<N, Asks[N]['ask']>> }[Name];
export type Query = QueryOf<AskName>;

/** Every question's part of the contract. */
export const askContracts: Readonly<Record<AskName, AskContract>> = allOf('asks');
export const askNames = Object.keys(askContracts) as readonly AskName[];

const [first, ...others] = askNames.map((name) => askObject(name, askContracts[name].ask));
if (first === undefined) throw new Error('no feature has a question');

/** A question as it comes in. */
export const querySchema = z.discriminatedUnion('type', [first, ...others]) as unknown as z.ZodType<Query>;
