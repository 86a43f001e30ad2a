import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { clipFile, gateClips } from '../../../resources/demo/pictures/clips.ts';
import { firstKeyFrame } from './rtsp-caller.ts';

const readySchema = z.object({
  simulator: z.literal('ready'),
  control: z.url(),
  cameras: z.array(
    z.object({
      id: z.string(),
      name: z.object({ zh: z.string(), en: z.string() }),
      onvif: z.url(),
      rtspMain: z.url(),
      rtspSub: z.url(),
      username: z.string(),
      password: z.string(),
    }),
  ),
  barrier: z.object({
    camera: z.string(),
    openRelay: z.string(),
    closeRelay: z.string(),
    openInput: z.string(),
    closedInput: z.string(),
  }),
  sia: z.object({ account: z.string() }),
});

const stateSchema = z.object({
  cameras: z.array(z.object({ id: z.string(), fault: z.string() })),
  barrier: z.object({ fault: z.string(), doing: z.string() }),
  panel: z.object({ waiting: z.number(), silent: z.boolean() }),
});

const start = async (
  ...words: string[]
): Promise<{ child: ChildProcessWithoutNullStreams; ready: z.infer<typeof readySchema> }> => {
  const child = spawn(process.execPath, [
    path.resolve(import.meta.dirname, '../../../resources/demo/simulate.ts'),
    ...words,
  ]);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  for await (const line of createInterface({ input: child.stdout }))
    return { child, ready: readySchema.parse(JSON.parse(line)) };
  throw new Error('the simulator ended before it was ready');
};

/** Starts it with words that it does not take; its exit status and what it said of them. */
const refused = async (...words: string[]): Promise<{ readonly code: number | null; readonly said: string }> => {
  const child = spawn(process.execPath, [
    path.resolve(import.meta.dirname, '../../../resources/demo/simulate.ts'),
    ...words,
  ]);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  await vi.waitUntil(() => child.exitCode !== null, { timeout: 10_000 });
  return { code: child.exitCode, said };
};

describe('npm run simulate', () => {
  test('says in one line where everything is, and is worked by its control port', async () => {
    const { child, ready } = await start('--cameras', '2', '--no-motion');
    expect(ready.cameras.map((one) => one.id)).toEqual(['camera-01', 'camera-02']);
    const page = await (await fetch(ready.control)).text();
    expect(page).toContain('按下 3-1-502 的求助按钮');
    expect(page).toContain('press the help button of 3-1-502');
    const act = async (
      action: string,
      body: unknown,
      headers: Record<string, string> = { 'content-type': 'application/json' },
    ): Promise<number> => {
      const answer = await fetch(`${ready.control}/api/${action}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers,
      });
      await answer.arrayBuffer();
      return answer.status;
    };
    const state = async () => stateSchema.parse(await (await fetch(`${ready.control}/api/state`)).json());
    expect(await act('press', { residence: '3-1-502' })).toBe(200);
    expect((await state()).panel.waiting).toBe(1);
    expect(await act('cameraFault', { camera: 'camera-02', fault: 'stall' })).toBe(200);
    expect(await act('barrierFault', { fault: 'stuck' })).toBe(200);
    expect(await act('silencePanel', { silent: true })).toBe(200);
    expect(await state()).toMatchObject({
      cameras: [{ fault: 'none' }, { fault: 'stall' }],
      barrier: { fault: 'stuck', doing: 'closed' },
      panel: { silent: true },
    });
    expect(await act('press', { residence: '9-9-999' })).toBe(400);
    expect(await act('cameraFault', { camera: 'camera-02', fault: 'on fire' })).toBe(400);
    expect(await act('constructor', {})).toBe(400);
    expect(await act('press', { residence: '3-1-502' }, { 'content-type': 'text/plain' })).toBe(403);
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  test('ends with its parent when attached', async () => {
    const { child } = await start('--cameras', '1', '--attached');
    const ended = once(child, 'exit');
    child.stdin.end();
    expect(await ended).toEqual([0, null]);
  });

  test('speaks Chinese when nobody says otherwise, and says which languages there are', async () => {
    const { ready } = await start('--cameras', '1', '--no-motion');
    const [camera] = ready.cameras;
    const key = await firstKeyFrame(camera?.rtspSub ?? '', camera?.username ?? '', camera?.password ?? '');
    expect(readFileSync(clipFile(gateClips.closed, 'sub', 'zh-CN')).includes(key)).toBe(true);
    for (const unknown of ['de', 'zh', 'EN', '']) {
      const { code, said } = await refused('--cameras', '1', '--lang', unknown);
      expect({ code, said }).toEqual({ code: 2, said: `--lang takes zh-CN or en, not "${unknown}"\n` });
    }
  });

  test('takes the ports it is given, and says which one is taken', async () => {
    const first = await start('--cameras', '1');
    const taken = Number(new URL(first.ready.cameras[0]?.onvif ?? '').port);
    const { code, said } = await refused('--cameras', '1', '--port-base', String(taken - 1));
    expect(code).toBe(1);
    expect(said).toContain(`EADDRINUSE: address already in use 127.0.0.1:${taken}`);
  });
});
