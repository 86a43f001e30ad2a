import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFileLog } from './file-log.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'guardroom 日志 '));
});
afterEach(() => rmSync(dir, { recursive: true }));

it('writes a line an event and leaves credentials out', () => {
  const log = createFileLog(dir, 'station');
  log.warn('cannot reach rtsp://admin:secret@192.0.2.1/live', { url: 'http://u:secret@192.0.2.1/' });
  log.close();
  const text = readFileSync(path.join(dir, 'station.log'), 'utf8');
  expect(text).toContain('rtsp://192.0.2.1/live');
  expect(text).not.toContain('secret');
  expect(text.trim().split('\n')).toHaveLength(1);
});

it('puts a large file aside', () => {
  writeFileSync(path.join(dir, 'station.log'), 'x'.repeat(10 * 1024 * 1024 + 1));
  const log = createFileLog(dir, 'station');
  log.info('started');
  log.close();
  expect(readdirSync(dir).sort()).toEqual(['station.1.log', 'station.log']);
});
