import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** One test project per kind of proof, so that each can be run alone: `npx vitest run --project faults`. */
const project = (name: string, include: string[], seconds: number, serial = false) => ({
  extends: true as const,
  root: '.',
  test: {
    name,
    include,
    environment: 'node' as const,
    testTimeout: seconds * 1000,
    hookTimeout: 120_000,
    // A condition is waited for as long as a machine that does other things beside may need; the default of one second is a test of speed.
    expect: { poll: { timeout: 15_000 } },
    fileParallelism: !serial,
    pool: 'forks' as const,
  },
});

export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  // Nothing is put into the sheets as a `data:` address: the page's policy lets fonts come from the station only.
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'chrome140',
    chunkSizeWarningLimit: 1500,
  },
  worker: { format: 'es' },
  test: {
    root: '.',
    maxWorkers: 2,
    projects: [
      project('unit', ['{electron,native,renderer,resources}/**/*.test.{ts,tsx}'], 20),
      project('architecture', ['tests/architecture/**/*.test.ts'], 60),
      project('conformance', ['tests/conformance/**/*.test.ts'], 60),
      project('faults', ['tests/faults/**/*.test.ts'], 300, true),
      project('journeys', ['tests/journeys/**/*.test.ts'], 240, true),
    ],
  },
});
