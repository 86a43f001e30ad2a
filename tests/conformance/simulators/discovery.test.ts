/** A foreign ONVIF client finds and reads the cameras, between two network namespaces joined by a cable of their own. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, describe, expect, onTestFinished, test } from 'vitest';
import { demoCommunity } from '../../../resources/demo/community/community.ts';
import { leaveOut } from '../../support/requires.ts';

const ip = (...words: string[]): boolean => spawnSync('ip', words, { stdio: 'ignore' }).status === 0;

const mark = String(process.pid % 10_000);
const [cameras, desk] = [`grc${mark}`, `grd${mark}`];
const [cameraSide, deskSide] = [`vc${mark}`, `vd${mark}`];
const address = '10.123.45.1';

/** Two namespaces with a cable between; leaves the test out where that is not allowed. */
const joinNamespaces = (context: TestContext): void => {
  if (spawnSync('onvif-util', ['-h'], { stdio: 'ignore' }).error)
    leaveOut(context, 'onvif-util (onvif-tools) is not installed on this machine');
  onTestFinished(() => {
    ip('netns', 'del', cameras);
    ip('netns', 'del', desk);
  });
  const steps = [
    ['netns', 'add', cameras],
    ['netns', 'add', desk],
    ['link', 'add', cameraSide, 'netns', cameras, 'type', 'veth', 'peer', 'name', deskSide, 'netns', desk],
    ['-n', cameras, 'addr', 'add', `${address}/24`, 'dev', cameraSide],
    ['-n', desk, 'addr', 'add', '10.123.45.2/24', 'dev', deskSide],
    ...[
      [cameras, cameraSide],
      [desk, deskSide],
    ].flatMap(([name = '', side = '']) => [
      ['-n', name, 'link', 'set', 'lo', 'up'],
      ['-n', name, 'link', 'set', side, 'up'],
      ['-n', name, 'route', 'add', '239.0.0.0/8', 'dev', side],
    ]),
  ];
  for (const step of steps)
    if (!ip(...step)) leaveOut(context, `this user may not make network namespaces (ip ${step.join(' ')} failed)`);
};

const inNamespace = (name: string, command: readonly string[]): ChildProcess =>
  spawn('ip', ['netns', 'exec', name, ...command], { stdio: ['pipe', 'pipe', 'inherit'] });

/** Runs onvif-util on the desk's side with lines of input; gives what it prints. */
const onvifUtil = async (words: readonly string[], input: readonly string[]): Promise<string> => {
  const child = inNamespace(desk, ['onvif-util', ...words]);
  child.stdin?.end(`${[...input, 'quit'].join('\n')}\n`);
  const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  await new Promise((resolve) => {
    child.on('close', resolve);
  });
  clearTimeout(timer);
  return said;
};

/** The simulator on the cameras' side, ready. */
const startSimulator = async (count: number): Promise<{ end: () => Promise<void> }> => {
  const simulator = inNamespace(cameras, [
    process.execPath,
    path.resolve(import.meta.dirname, '../../../resources/demo/simulate.ts'),
    '--cameras',
    String(count),
    '--host',
    address,
    '--discovery',
  ]);
  const ended = once(simulator, 'exit');
  const end = async (): Promise<void> => {
    if (simulator.exitCode === null) simulator.kill('SIGTERM');
    await ended;
  };
  onTestFinished(end);
  for await (const line of createInterface({ input: simulator.stdout ?? process.stdin })) {
    expect(line).toContain('"simulator":"ready"');
    break;
  }
  return { end };
};

describe('onvif-util', () => {
  test('discovers the cameras and reads device, profiles and stream addresses', async (context) => {
    joinNamespaces(context);
    const two = await startSimulator(2);
    const found = await onvifUtil(['-a'], []);
    expect(found.split('\n').filter((line) => line.includes(address))).toHaveLength(2);
    await two.end();
    // It tells cameras apart by address only, not by port: with one it is certain which password it needs.
    await startSimulator(1);
    const [camera] = demoCommunity.cameras;
    const read = await onvifUtil(
      ['-u', camera?.username ?? '', '-p', camera?.password ?? '', address],
      ['get profiles', 'get rtsp', 'get network', 'get video options'],
    );
    expect(read).toContain('successfully connected to host');
    expect(read).toContain('GRD-CAMERA-01');
    expect(read).toContain('Token 1: Profile_sub');
    expect(read).toMatch(new RegExp(`rtsp://${address}:\\d+/Streaming/Channels/101`));
    expect(read).not.toContain('ERROR');
    const refused = await onvifUtil(['-u', camera?.username ?? '', '-p', 'wrong', address], ['get profiles']);
    expect(refused).not.toContain('Profile_sub');
  });
});
