/** Names that the catalogues hold: what has no words in both languages cannot be named here, and does not compile. */
import type { TextKey } from '../../electron/words/texts.ts';

type After<Prefix extends string, Key extends string> = Key extends `${Prefix}.${infer Rest}`
  ? Rest extends `${string}.${string}`
    ? never
    : Rest
  : never;

/** A place, something that can be laid over any screen, or something to be done from anywhere: `nav.<name>`. */
export type Name = After<'nav', TextKey>;

/** What is done with it: what belongs to one task stands together, under `task.<task>`. */
export type Task = After<'task', TextKey>;

/** A question of a procedure: `log.step.<step>`. */
export type Step = After<'log.step', TextKey>;
