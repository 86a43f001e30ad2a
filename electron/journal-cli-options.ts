import { parseArgs } from 'node:util';
import { err, ok, type Result } from './domain/kernel/result.ts';

type JournalCommand = 'verify' | 'rebuild' | 'export';

export interface JournalCliOptions {
  readonly command: JournalCommand;
  /** `null`: the data folder of this machine. */
  readonly data: string | null;
  /** Where `export` writes; `null`: standard output. */
  readonly out: string | null;
  /** A copy of the public key kept elsewhere, for `verify`. */
  readonly publicKey: string | null;
}

const commands: readonly JournalCommand[] = ['verify', 'rebuild', 'export'];

/** Reads the words behind `npm run journal --`. The error is what was not understood. */
export const parseJournalOptions = (words: readonly string[]): Result<JournalCliOptions, string> => {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { data: { type: 'string' }, out: { type: 'string' }, 'public-key': { type: 'string' } },
    });
    const [word, ...rest] = positionals;
    const command = commands.find((known) => known === word);
    if (command === undefined) return err(word ?? '(verify | rebuild | export ?)');
    const stray = rest[0] ?? (values.out !== undefined && command !== 'export' ? '--out' : undefined);
    const misplaced =
      stray ?? (values['public-key'] !== undefined && command !== 'verify' ? '--public-key' : undefined);
    if (misplaced !== undefined) return err(misplaced);
    return ok({ command, data: values.data ?? null, out: values.out ?? null, publicKey: values['public-key'] ?? null });
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
};
