import type { Clock } from '../../electron/station/ports/clock.port.ts';
import type { StreamReport, VideoPort, VideoSource } from '../../electron/station/ports/video.port.ts';

const TICKET_VALID_MS = 60_000;

export interface FakeVideo extends VideoPort {
  readonly sources: () => readonly VideoSource[];
  /** What the worker would have seen; of a camera that is not configured it sees nothing. */
  readonly report: (report: StreamReport) => void;
  /** What the video listener does with a ticket: true where it lets the seat in. */
  readonly redeem: (ticket: string) => boolean;
  /** Whose pictures were ended, in order. */
  readonly dismissed: () => readonly string[];
}

const isSame = (a: VideoSource, b: VideoSource | undefined): boolean =>
  b !== undefined &&
  a.mainUrl === b.mainUrl &&
  a.subUrl === b.subUrl &&
  a.username === b.username &&
  a.password === b.password;

/** The media worker without pictures: it begins to connect where it should, and sees what the test says. */
export const createFakeVideo = (clock: Clock): FakeVideo => {
  const listeners = new Set<(report: StreamReport) => void>();
  const tickets = new Map<string, { readonly holder: string; readonly untilMs: number }>();
  const dismissed: string[] = [];
  let sources: readonly VideoSource[] = [];
  let issued = 0;
  let closed = false;
  const report = (seen: StreamReport): void => {
    if (closed || !sources.some(({ cameraId }) => cameraId === seen.cameraId)) return;
    for (const listener of listeners) listener(seen);
  };
  return {
    configure: (wanted) => {
      const before = new Map(sources.map((source) => [source.cameraId, source]));
      sources = [...wanted];
      for (const source of sources) {
        if (isSame(source, before.get(source.cameraId))) continue;
        const unknown = { fault: null, codec: null, width: null, height: null };
        report({
          cameraId: source.cameraId,
          quality: source.subUrl === null ? 'main' : 'sub',
          state: 'connecting',
          sinceMs: clock.nowMs(),
          ...unknown,
        });
      }
    },
    issueTicket: async (holder) => {
      if (closed) throw new Error('the media worker is closed');
      issued += 1;
      const ticket = `ticket-${issued}`;
      tickets.set(ticket, { holder, untilMs: clock.monotonicMs() + TICKET_VALID_MS });
      return { port: 4711, ticket };
    },
    dismiss: (holder) => {
      dismissed.push(holder);
      for (const [ticket, { holder: of }] of tickets) if (of === holder) tickets.delete(ticket);
    },
    onReport: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    close: async () => {
      closed = true;
    },
    sources: () => sources,
    report,
    redeem: (ticket) => {
      const untilMs = tickets.get(ticket)?.untilMs ?? 0;
      return tickets.delete(ticket) && clock.monotonicMs() < untilMs;
    },
    dismissed: () => dismissed,
  };
};
