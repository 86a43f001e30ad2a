import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { expect, test, vi, type TestContext } from 'vitest';
import { probeStream } from '../../../native/rtsp/probe.ts';
import { createRtspSession } from '../../../native/rtsp/session.ts';
import { createFineClock } from '../../../native/kit/system-clock.ts';
import { leaveOut } from '../../support/requires.ts';
import { startCamera } from '../../support/rtsp-camera.ts';

/** A certificate as a camera signs one for itself. */
const selfSigned = (context: TestContext): { readonly key: Buffer; readonly cert: Buffer } => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'guardroom-rtsps-'));
  const key = path.join(folder, 'key.pem');
  const cert = path.join(folder, 'cert.pem');
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
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } catch {
    return leaveOut(context, 'no openssl to make a certificate with');
  } finally {
    rmSync(folder, { recursive: true });
  }
};

test('a camera that speaks TLS with a certificate of its own is played', async (context) => {
  const certificate = selfSigned(context);
  const camera = await startCamera();
  const front = tls.createServer(certificate, (socket) => {
    const behind = net.connect(camera.port, '127.0.0.1');
    socket.on('error', () => behind.destroy());
    behind.on('error', () => socket.destroy());
    socket.pipe(behind).pipe(socket);
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const address = front.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const report = await probeStream(`rtsps://127.0.0.1:${port}/estate`, 1, createFineClock());
  front.close();
  await camera.close();
  expect(report).toMatchObject({ fault: null, report: { width: 640, height: 352, lost: 0 } });
  expect(report.report?.frames).toBeGreaterThan(20);
});

test.for<[string, tls.TlsOptions]>([
  ['TLS 1.0 alone', { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' }],
  ['TLS 1.1 alone', { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' }],
])(
  'a camera that knows %s says so, and plays where a manager allows it (go2rtc 2383)',
  async ([, options], context) => {
    const camera = await startCamera();
    const front = tls.createServer({ ...selfSigned(context), ...options }, (socket) => {
      const behind = net.connect(camera.port, '127.0.0.1');
      socket.on('error', () => behind.destroy());
      behind.on('error', () => socket.destroy());
      socket.pipe(behind).pipe(socket);
    });
    await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
    const address = front.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const seen = { frames: 0, fault: '' };
    const play = (oldTls: boolean) =>
      createRtspSession({
        url: `rtsps://127.0.0.1:${port}/estate`,
        username: null,
        password: null,
        clock: createFineClock(),
        allows: { oldTls, plainPassword: false },
        onFormat: () => undefined,
        onAccessUnit: () => (seen.frames += 1),
        onEnd: ({ kind }) => (seen.fault = kind),
      });
    play(false);
    await vi.waitFor(() => expect(seen.fault).toBe('oldEncryption'), { timeout: 10_000 });
    expect(seen.frames).toBe(0);
    const allowed = play(true);
    await vi.waitFor(() => expect(seen.frames).toBeGreaterThan(3), { timeout: 10_000 });
    allowed.close();
    front.close();
    await camera.close();
  },
);
