/**
 * A process that keeps pictures in the data folder it is told until somebody ends it: numbered from its second argument on, each of the size and
 * content that follow from its number. Printed: `kept N NAME` when it was said to be kept.
 */
import { writeSync } from 'node:fs';
import { subjectId } from '../../electron/domain/kernel/ids.ts';
import { dataFolderPaths } from '../../native/os/data-folder.ts';
import { createKeyFileSecrets } from '../../native/os/secrets.ts';
import { systemRandomness } from '../../native/os/secrets-cipher.ts';
import { createPictureStore } from '../../native/pictures/picture-store.ts';
import { openVault } from '../../native/sqlite/vault.ts';
import { createMemoryLog } from './system-clock.ts';

const paths = dataFolderPaths(process.argv[2] ?? '');
const first = Number(process.argv[3] ?? 0);
const vault = openVault({
  path: paths.keys,
  masterSecret: createKeyFileSecrets(paths.secretsKey),
  randomness: systemRandomness,
});
const store = createPictureStore({
  folder: paths.pictures,
  vault,
  randomness: systemRandomness,
  log: createMemoryLog(),
  reserveBytes: 0,
});
for (let number = first; ; number += 1) {
  const bytes = new Uint8Array(200_000 + (number % 7) * 100_000).fill(number % 256);
  const kept = await store.keep(subjectId(`incident:${number % 3}`), { form: 'jpeg', bytes });
  // Synchronous, and not by the stream: the line is out before anything else happens.
  writeSync(1, `kept ${number} ${kept.ok ? kept.value : kept.error.kind}\n`);
}
