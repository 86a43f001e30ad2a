/** One suite for the installer's log, on the file and on the one in memory. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Log } from '../../../electron/station/ports/clock.port.ts';
import { createFileLog } from '../../../native/os/file-log.ts';
import { createMemoryLog } from '../../support/system-clock.ts';
import { temporaryFolders } from '../../support/temporary-folder.ts';

const makeFolder = temporaryFolders();

interface Bench {
  readonly log: Log;
  /** Ends the log and gives its lines. */
  readonly read: () => readonly string[];
}

const fake = (): Bench => {
  const log = createMemoryLog();
  return { log, read: () => log.lines };
};

const real = (): Bench => {
  const folder = makeFolder();
  const log = createFileLog(folder, 'station');
  return {
    log,
    read: () => {
      log.close();
      return readFileSync(path.join(folder, 'station.log'), 'utf8').trimEnd().split('\n');
    },
  };
};

describe.each([
  ['in memory', fake],
  ['file', real],
] as const)('log port: %s', (_name, open) => {
  it('keeps a line an event, in order, with its fields', () => {
    const { log, read } = open();
    log.info('station started');
    log.warn('camera lost', { cameraId: '北门', attempt: 3, known: true, fault: null });
    log.info('camera back', {});
    const lines = read();
    expect(lines).toHaveLength(3);
    expect(
      lines.map((line) =>
        ['station started', 'camera lost', 'camera back'].filter((message) => line.includes(message)),
      ),
    ).toEqual([['station started'], ['camera lost'], ['camera back']]);
    for (const field of ['"cameraId":"北门"', '"attempt":3', '"known":true', '"fault":null'])
      expect(lines[1]).toContain(field);
  });

  it("does not take a device's line break for a line of its own", () => {
    const { log, read } = open();
    log.warn('refused', { reason: 'no\n{"level":50,"msg":"forged"}' });
    expect(read()).toHaveLength(1);
  });
});
