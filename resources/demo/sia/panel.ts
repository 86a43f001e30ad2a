/**
 * The simulated alarm panel: reports over one TCP connection to the station, one at a time and in order, again until it is
 * acknowledged. An absent station is the usual case and no error.
 */
import { type Socket, connect } from 'node:net';
import { type SiaReport, parseSiaAnswer, siaBody, siaFrame } from './frame.ts';

export interface SiaTarget {
  readonly host: string;
  readonly port: number;
}

export interface PanelState {
  readonly target: string;
  readonly connected: boolean;
  readonly silent: boolean;
  /** Reports not yet acknowledged. */
  readonly waiting: number;
  readonly acknowledged: number;
  readonly refused: number;
}

export interface Panel {
  readonly account: string;
  setTarget(target: SiaTarget | undefined): void;
  /** Presses the button of a zone. */
  press(zone: number, dialect: 'sia' | 'cid'): void;
  /** The alarm of a zone is put back at the panel. */
  restore(zone: number, dialect: 'sia' | 'cid'): void;
  /** A silent panel sends nothing at all, as one whose line is cut; what is pressed meanwhile waits. */
  silence(on: boolean): void;
  state(): PanelState;
  close(): void;
}

const answerWithinMs = 4000;
const retryMs = 1500;
const waitingLimit = 200;
const answerLimit = 1024;

export const createPanel = (options: {
  readonly account: string;
  readonly supervisionMs: number;
  readonly target?: SiaTarget;
}): Panel => {
  const { account } = options;
  let target = options.target;
  let socket: Socket | undefined;
  let connected = false;
  let silent = false;
  let closed = false;
  let seq = 0;
  let [acknowledged, refused] = [0, 0];
  const queue: { report: SiaReport; seq: number; at: Date }[] = [];
  let answerTimer: NodeJS.Timeout | undefined;
  let retryTimer: NodeJS.Timeout | undefined;

  const hangUp = (): void => {
    clearTimeout(answerTimer);
    answerTimer = undefined;
    connected = false;
    socket?.removeAllListeners('close');
    socket?.destroy();
    socket = undefined;
  };
  const later = (): void => {
    hangUp();
    clearTimeout(retryTimer);
    if (!closed) retryTimer = setTimeout(pump, retryMs);
  };
  const answered = (frame: string): void => {
    const answer = parseSiaAnswer(frame);
    const [first] = queue;
    if (!answer || !first || answerTimer === undefined) return;
    if (answer.kind !== 'NAK' && answer.seq !== first.seq) return;
    clearTimeout(answerTimer);
    answerTimer = undefined;
    if (answer.kind === 'NAK') {
      // The receiver did not like our time (or frame): send again with the present time.
      refused += 1;
      first.at = new Date();
      later();
      return;
    }
    if (answer.kind === 'DUH') refused += 1;
    else acknowledged += 1;
    queue.shift();
    pump();
  };
  const open = (to: SiaTarget): void => {
    const opened = connect(to.port, to.host);
    socket = opened;
    let held = '';
    opened.setNoDelay(true);
    opened.on('connect', () => {
      connected = true;
      pump();
    });
    opened.on('data', (chunk: Buffer) => {
      held = (held + chunk.toString('latin1')).slice(-answerLimit);
      for (let end = held.indexOf('\r'); end >= 0; end = held.indexOf('\r')) {
        const frame = held.slice(held.indexOf('\n') + 1, end);
        held = held.slice(end + 1);
        answered(frame);
      }
    });
    opened.on('error', later);
    opened.on('close', later);
  };
  function pump(): void {
    const [first] = queue;
    if (closed || silent || !first || !target || answerTimer !== undefined) return;
    if (!socket) open(target);
    if (!connected || !socket) return;
    socket.write(Buffer.from(siaFrame(siaBody(first.report, account, first.seq, first.at)), 'latin1'));
    answerTimer = setTimeout(later, answerWithinMs);
  }
  const send = (report: SiaReport): void => {
    seq = (seq % 9999) + 1;
    queue.push({ report, seq, at: new Date() });
    if (queue.length > waitingLimit) queue.splice(1, 1);
    pump();
  };
  const alive = (): void => {
    if (!silent && target && !queue.some((one) => one.report.kind === 'null')) send({ kind: 'null' });
  };
  const supervision = setInterval(alive, options.supervisionMs);
  alive();
  return {
    account,
    setTarget: (next) => {
      target = next;
      hangUp();
      alive();
      pump();
    },
    press: (zone, dialect) => send({ kind: 'help', zone, restored: false, dialect }),
    restore: (zone, dialect) => send({ kind: 'help', zone, restored: true, dialect }),
    silence: (on) => {
      silent = on;
      if (on) hangUp();
      else {
        alive();
        pump();
      }
    },
    state: () => ({
      target: target ? `${target.host}:${target.port}` : '',
      connected,
      silent,
      waiting: queue.length,
      acknowledged,
      refused,
    }),
    close: () => {
      closed = true;
      clearInterval(supervision);
      clearTimeout(retryTimer);
      hangUp();
    },
  };
};
