/** Builds what cannot run from source: the seat's page, and with `--shell` the desktop program around it. */
import path from 'node:path';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '../..');

/** Each is a process or a thread of its own and is started by its file's name, beside the others. */
const shellEntries = [
  'electron/shell/main.ts',
  'electron/station-main.ts',
  'native/video/media-worker.ts',
  'native/sqlite/verify-worker.ts',
  'native/sqlite/log-worker.ts',
  'native/sqlite/settle-worker.ts',
  'native/sqlite/page-worker.ts',
  'native/sqlite/list-worker.ts',
  'resources/demo/simulate.ts',
];

const buildPage = (): Promise<unknown> => build({ configFile: path.join(root, 'vite.config.ts'), logLevel: 'warn' });

const buildShell = (): Promise<unknown> =>
  build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      ssr: true,
      target: 'node24',
      outDir: path.join(root, 'dist', 'shell'),
      emptyOutDir: true,
      rollupOptions: {
        input: Object.fromEntries(shellEntries.map((entry) => [path.basename(entry, '.ts'), path.join(root, entry)])),
        external: ['electron'],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });

if (process.argv.includes('--shell')) await buildShell();
else {
  await buildPage();
  await buildShell();
}
