import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { createServer } from 'node:tls';
import { expect, test } from 'vitest';
import { createOnvif } from '../../../native/onvif/onvif.ts';
import { listenOnLoopback } from '../../support/loopback.ts';
import { leaveOut } from '../../support/requires.ts';
import { startSoapDevice } from '../../support/soap-device.ts';
import { createMemoryLog, systemClock } from '../../support/system-clock.ts';
import { temporaryFolders } from '../../support/temporary-folder.ts';

const folder = temporaryFolders();

test('a device behind TLS with a certificate of its own is described, and never asked without TLS', async (context) => {
  const made = folder();
  const [key, cert] = [path.join(made, 'key.pem'), path.join(made, 'cert.pem')] as const;
  try {
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-days',
        '2',
        '-subj',
        '/CN=camera',
        '-keyout',
        key,
        '-out',
        cert,
      ],
      { stdio: 'ignore' },
    );
  } catch {
    leaveOut(context, 'no openssl to make a certificate with');
  }
  const device = await startSoapDevice({ login: 'digest-sha256' });
  let overTls = 0;
  const front = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (socket) => {
    overTls += 1;
    const behind = connect(Number(new URL(device.origin).port), '127.0.0.1');
    socket.on('error', () => behind.destroy());
    behind.on('error', () => socket.destroy());
    socket.pipe(behind).pipe(socket);
  });
  const address = `https://127.0.0.1:${await listenOnLoopback(front)}/onvif/device_service`;
  const onvif = createOnvif({ clock: systemClock, log: createMemoryLog() });
  const described = await onvif.describe({ address, username: 'admin', password: 'pass' });
  const asked = device.requests.length;
  front.close();
  await device.close();
  expect(described).toMatchObject({
    ok: true,
    value: { hasEvents: true, profiles: [{ token: 'main' }, { token: 'sub' }] },
  });
  expect(overTls).toBe(asked);
});
