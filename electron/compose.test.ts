import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { composeStation, KeychainNeededError } from './compose.ts';

let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'guardroom 钥匙串 '));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

it('makes no second key where the first is under a keychain', async () => {
  writeFileSync(path.join(dataDir, 'secrets.protected'), 'under the keychain');
  const starting = composeStation({
    dataDir,
    port: 0,
    token: 't',
    demo: 'real',
    lang: null,
    staticDir: dataDir,
    extraOrigins: [],
    panelPort: 0,
    panelHost: '127.0.0.1',
    panelSources: [],
    version: 'test',
    deviceKey: null,
  });
  await expect(starting).rejects.toBeInstanceOf(KeychainNeededError);
  expect(readdirSync(dataDir)).not.toContain('secrets.key');
});
