import { parseArgs } from 'node:util';
import { err, ok, type Result } from './domain/kernel/result.ts';

type JournalCommand = 'verify' | 'rebuild' | 'export' | 'backup' | 'restore';

export interface JournalCliOptions {
  readonly command: JournalCommand;
  /** `null`: the data folder of this machine. */
  readonly data: string | null;
  /** Where `export` writes; `null`: standard output. */
  readonly out: string | null;
  /** A copy of the public key kept elsewhere, for `verify`. */
  readonly publicKey: string | null;
  /** The folder of the backup, for `backup` and `restore`. */
  readonly folder: string | null;
  /** `restore` puts back missing keys alone, beside the log that is there. */
  readonly keysOnly: boolean;
}

const commands: readonly JournalCommand[] = ['verify', 'rebuild', 'export', 'backup', 'restore'];

/** Reads the words behind `npm run journal --`. The error is what was not understood. */
export const parseJournalOptions = (words: readonly string[]): Result<JournalCliOptions, string> => {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        out: { type: 'string' },
        'public-key': { type: 'string' },
        keys: { type: 'boolean' },
      },
    });
    const [word, ...rest] = positionals;
    const command = commands.find((known) => known === word);
    if (command === undefined) return err(word ?? '(verify | rebuild | export | backup | restore ?)');
    const withFolder = command === 'backup' || command === 'restore';
    const folder = withFolder ? (rest[0] ?? null) : null;
    if (withFolder && (folder === null || folder === '')) return err(`${command} (?)`);
    const stray =
      rest[withFolder ? 1 : 0] ??
      (values.keys === true && command !== 'restore' ? '--keys' : undefined) ??
      (values.out !== undefined && command !== 'export' ? '--out' : undefined);
    const misplaced =
      stray ?? (values['public-key'] !== undefined && command !== 'verify' ? '--public-key' : undefined);
    if (misplaced !== undefined) return err(misplaced);
    return ok({
      command,
      data: values.data ?? null,
      out: values.out ?? null,
      publicKey: values['public-key'] ?? null,
      folder,
      keysOnly: values.keys === true,
    });
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
};
