import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeJournalFolder, someFact, writeFacts, type JournalFolder } from '../tests/support/journal-folder.ts';
import { parseJournalOptions } from './journal-cli-options.ts';
import { verdictText } from './journal-cli-text.ts';

interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly complaint: string;
}

/** Runs the command as `npm run journal -- …` does. */
const journalCli = (...words: readonly string[]): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(import.meta.dirname, 'journal-cli.ts'), ...words]);
    let out = '';
    let complaint = '';
    child.stdout.on('data', (bytes: Buffer) => {
      out += bytes.toString('utf8');
    });
    child.stderr.on('data', (bytes: Buffer) => {
      complaint += bytes.toString('utf8');
    });
    child.on('error', reject);
    child.on('close', (status) => {
      resolve({ status, out, complaint });
    });
  });

let folder: JournalFolder;
beforeEach(() => {
  folder = makeJournalFolder();
});
afterEach(() => {
  folder.remove();
});

const withRows = (count: number): void => {
  const journal = folder.open();
  writeFacts(journal, count);
  journal.close();
};
const tamper = (sql: string): void => {
  const db = new Database(folder.paths.journal);
  db.exec(sql);
  db.close();
};
const cli = (command: string, ...more: readonly string[]): Promise<Ran> =>
  journalCli(command, '--data', folder.paths.folder, ...more);

describe('verify', () => {
  test('answers 0 and says how far the journal is signed', async () => {
    withRows(3);
    expect(await cli('verify')).toEqual({
      status: 0,
      out: '日志完好：共 3 条，签名到第 3 条。\nThe journal holds: 3 rows, signed up to row 3.\n',
      complaint: '',
    });
  });

  test('answers 1 and names the first bad row', async () => {
    withRows(5);
    tamper(`UPDATE journal SET payload = replace(payload, '条', '行') WHERE seq IN (3, 5)`);
    const { status, out } = await cli('verify');
    expect([status, out]).toEqual([1, '日志第 3 条被改动过。\nJournal row 3 was edited.\n']);
  });

  test('runs beside a station that is writing', async () => {
    const journal = folder.open();
    writeFacts(journal, 3);
    expect((await cli('verify')).status).toBe(0);
    writeFacts(journal, 1);
    expect(journal.lastSeq()).toBe(4);
  });

  test('trusts a public key that was kept elsewhere more than the one in the folder', async () => {
    withRows(2);
    const kept = path.join(folder.paths.folder, 'kept.pub');
    writeFileSync(kept, readFileSync(folder.paths.signingPublicKey));
    writeFileSync(folder.paths.signingPublicKey, 'replaced');
    expect((await cli('verify')).status).toBe(1);
    expect((await cli('verify', '--public-key', kept)).status).toBe(0);
    expect(await cli('verify', '--public-key', `${kept}.not`)).toMatchObject({ status: 1, out: '' });
  });
});

describe('export', () => {
  test('prints every row as it is in the file, one a line', async () => {
    const journal = folder.open();
    journal.transact((tx) => tx.append(someFact(1, { body: { name: 's1.visitor-1.AAAA' } })));
    writeFacts(journal, 1500);
    const { status, out, complaint } = await cli('export');
    const lines = out.trimEnd().split('\n');
    expect([status, complaint, lines.length]).toEqual([0, '', 1501]);
    expect(JSON.parse(lines[0] ?? '')).toEqual({ ...someFact(1, { body: { name: 's1.visitor-1.AAAA' } }), seq: 1 });
    expect(JSON.parse(lines[1500] ?? '')).toMatchObject({ seq: 1501 });
  });

  test('writes a file for its owner only, and never over another', async () => {
    withRows(2);
    const file = path.join(folder.paths.folder, 'out.jsonl');
    expect(await cli('export', '--out', file)).toMatchObject({ status: 0, out: '' });
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(3);
    // Windows has no modes: there every file reads as 0666.
    expect(statSync(file).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
    const again = await cli('export', '--out', file);
    expect([again.status, again.complaint]).toEqual([1, expect.stringContaining('was left as it is')]);
    expect((await cli('export', '--out', path.join(file, 'below'))).status).toBe(1);
  });
});

describe('rebuild', () => {
  test('makes the read models anew and leaves the journal as it was', async () => {
    withRows(4);
    tamper(`INSERT INTO read_models VALUES ('log', 'stray', 1, '{}')`);
    const { status, out } = await cli('rebuild');
    expect([status, out]).toEqual([0, expect.stringContaining('from 4 rows')]);
    const journal = folder.open();
    expect(journal.row('log', 'stray')).toBeNull();
    expect(await journal.verify()).toMatchObject({ ok: true, lastSeq: 4 });
  });

  test('waits for no station: it says that one is running', async () => {
    const journal = folder.open();
    writeFacts(journal, 1);
    const { status, complaint } = await cli('rebuild');
    expect([status, complaint]).toEqual([1, expect.stringContaining('Stop it first')]);
  });
});

describe('what cannot be done is said in a sentence', () => {
  test('no data', async () => {
    const { status, complaint } = await cli('verify');
    expect([status, complaint]).toEqual([1, expect.stringContaining('There is no Guardroom data in')]);
    expect(existsSync(folder.paths.journal)).toBe(false);
  });

  test('a file that is no journal', async () => {
    writeFileSync(folder.paths.journal, 'x'.repeat(5000));
    expect(await cli('verify')).toMatchObject({ status: 1, out: expect.stringContaining('cannot be read') });
    expect(await cli('export')).toMatchObject({ status: 1, complaint: expect.stringContaining('damaged') });
    expect(await cli('rebuild')).toMatchObject({ status: 1, complaint: expect.stringContaining('damaged') });
  });

  test('words that are not understood', async () => {
    const { status, complaint } = await journalCli('verfy');
    expect([status, complaint]).toEqual([2, expect.stringMatching(/看不懂：verfy\n[\s\S]*Usage: npm run journal/)]);
  });

  test.each([
    [[]],
    [['verify', 'more']],
    [['verify', '--out', 'x']],
    [['export', '--public-key', 'x']],
    [['verify', '--nope']],
    [['backup']],
    [['backup', '']],
    [['restore', 'a', 'b']],
    [['backup', 'a', '--keys']],
    [['verify', '--keys']],
    [['verify', '--data']],
  ])('options that are not understood: %j', (words) => {
    expect(parseJournalOptions(words).ok).toBe(false);
  });

  test('options that are', () => {
    expect(parseJournalOptions(['export', '--data', 'd', '--out', 'f'])).toEqual({
      ok: true,
      value: { command: 'export', data: 'd', out: 'f', publicKey: null, folder: null, keysOnly: false },
    });
  });

  test.each(['edited', 'missing', 'inserted', 'cutTail', 'rewritten', 'headUnsigned', 'unreadable'] as const)(
    '%s names its row in both languages',
    (problem) => {
      const [zh = '', en = ''] = verdictText({ ok: false, lastSeq: 9, firstBadSeq: 7, problem }).split('\n');
      expect(zh).toContain('7');
      expect(en).toMatch(/row 7/);
      expect(zh).toMatch(/[\u4e00-\u9fff]/);
      expect(en).not.toMatch(/[\u4e00-\u9fff]/);
    },
  );
});
