import { createInterface } from 'node:readline';
import { backupText } from './journal-backup-text.ts';

/** Never an argument: those are seen by everybody on the machine, and stay in the shell's history. */
const VARIABLE = 'GUARDROOM_RECOVERY_CODE';

/** The recovery code from the environment, else the first line of standard input; asked for when a person sits there. */
export const readRecoveryCode = async (): Promise<string> => {
  const given = process.env[VARIABLE];
  if (given !== undefined && given !== '') return given;
  if (process.stdin.isTTY) process.stderr.write(`${backupText.askForCode}\n`);
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) {
    lines.close();
    return line;
  }
  return '';
};
