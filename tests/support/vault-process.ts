/**
 * A process that seals and forgets in the data folder it is told until somebody ends it. Subjects are numbered; each round seals `PER_ROUND` of
 * them and forgets all of the round before but the first. Printed: `sealed N text` after the seal, `forgetting A B` before it is asked for, and
 * `forgotten A B` when the promise says so.
 */
import { writeSync } from 'node:fs';
import { subjectId } from '../../electron/domain/kernel/ids.ts';
import { dataFolderPaths } from '../../native/os/data-folder.ts';
import { createKeyFileSecrets } from '../../native/os/secrets.ts';
import { systemRandomness } from '../../native/os/secrets-cipher.ts';
import { openVault } from '../../native/sqlite/vault.ts';

const PER_ROUND = 300;

const paths = dataFolderPaths(process.argv[2] ?? '');
const first = Number(process.argv[3] ?? 0);
const vault = openVault({
  path: paths.keys,
  masterSecret: createKeyFileSecrets(paths.secretsKey),
  randomness: systemRandomness,
});
// Synchronous, and not by the stream: the line is out before anything else happens.
const say = (line: string): void => void writeSync(1, `${line}\n`);
for (let from = first; ; from += PER_ROUND) {
  for (let number = from; number < from + PER_ROUND; number += 1)
    say(`sealed ${number} ${vault.seal(subjectId(`visit:${number}`), `visitor ${number}`)}`);
  const leaving = Array.from({ length: PER_ROUND - 1 }, (_, index) => subjectId(`visit:${from + 1 + index}`));
  say(`forgetting ${from + 1} ${from + PER_ROUND}`);
  await vault.forget(leaving);
  say(`forgotten ${from + 1} ${from + PER_ROUND}`);
}
