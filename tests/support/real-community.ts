/** A real community in a real station: a manager, and if wanted a camera and a gate at a controller. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from '../../electron/contract/commands.schema.ts';
import { logPage } from '../../electron/contract/messages.schema.ts';
import type { LogEntryView } from '../../electron/contract/views.schema.ts';
import { connectSeat, type SeatClient, type SeatClientOptions } from './seat-client.ts';

export const MANAGER_PIN = '25806914';

/** What a command was answered with, or an error that says why it was refused. */
export const valueOf = (answer: Answer): Extract<Answer, { ok: true }> => {
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.refusal)}`);
  return answer;
};

/** Sets the community up and signs the manager in at this seat. Gives the manager's id. */
export const establishCommunity = async (seat: SeatClient, name = '试验小区'): Promise<string> => {
  const { value } = valueOf(
    await seat.command('establishCommunity', {
      name,
      timeZone: 'Asia/Shanghai',
      managerName: '1-1-101 管理员',
      pin: MANAGER_PIN,
    }),
  );
  const managerId = String(value['personId']);
  const reply = await seat.signIn(managerId, MANAGER_PIN);
  if (!reply.ok) throw new Error(JSON.stringify(reply.value));
  return managerId;
};

/** A camera without pictures and a gate `gate-1`, both at this controller. */
export const addGate = async (seat: SeatClient, onvifAddress: string): Promise<void> => {
  const camera = {
    cameraId: 'camera-1',
    name: '北门',
    place: '北门',
    onvifAddress,
    mainUrl: 'rtsp://127.0.0.1:9/none',
    subUrl: null,
    username: null,
    password: null,
  };
  valueOf(await seat.command('addCamera', camera));
  const relays = { openRelay: 'open', closeRelay: 'open', openInput: null, closedInput: null, travelMs: 500 };
  valueOf(await seat.command('addBarrier', { barrierId: 'gate-1', name: '北门', cameraId: 'camera-1', ...relays }));
};

/** Connects as soon as the station lets anybody in; rejects after `withinMs`. */
export const connectSoon = async (options: SeatClientOptions, withinMs = 20_000): Promise<SeatClient> => {
  const end = performance.now() + withinMs;
  for (;;) {
    try {
      return await connectSeat(options);
    } catch (error) {
      if (performance.now() > end) throw error;
      await wait(20);
    }
  }
};

/** Every line of the log, or those of some kinds, newest first. */
export const readLog = async (seat: SeatClient, kinds: string[] | null = null): Promise<readonly LogEntryView[]> => {
  const lines: LogEntryView[] = [];
  for (;;) {
    const beforeSeq = lines.at(-1)?.seq ?? null;
    const reply = await seat.query({
      type: 'log',
      beforeSeq,
      limit: 500,
      kinds,
      fromMs: null,
      toMs: null,
      shiftNumber: null,
    });
    const { entries, more } = logPage.parse(reply.value);
    lines.push(...entries);
    if (!more || entries.length === 0) return lines;
  }
};
