import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import { crc16Arc } from './crc16.ts';

/** One decoded SIA DC-09 message (ANSI/SIA DC-09-2007 section 5.5). */
export interface SiaFrame {
  /** Without the leading star. */
  readonly id: string;
  /** A leading `*`: the data is AES ciphertext and stays unread. */
  readonly encrypted: boolean;
  /** Four digits, as sent. */
  readonly sequence: string;
  /** Hexadecimal, or null when the panel left it out. */
  readonly receiver: string | null;
  readonly prefix: string;
  /** Upper case. */
  readonly account: string;
  /** Between the first brackets; empty in `NULL` and when encrypted. */
  readonly data: string;
  /** The bracketed blocks after the data, brackets removed, read as Windows-1252 (some panels send names in it). */
  readonly extended: readonly string[];
  /** The panel's clock, UTC milliseconds. */
  readonly panelAtMs: number | null;
  /** Whether checksum and length agree with the bytes; only a lenient account may go on without. */
  readonly intact: boolean;
}

export type SiaFrameFault = { readonly kind: 'malformed'; readonly detail: string };

const header = /^([0-9A-Fa-f]{4})0([0-9A-Fa-f]{3})$/;
const start =
  /^"(\*?)([A-Z0-9-]{1,16})"([0-9]{4})(?:R([0-9A-Fa-f]{1,6}))?(?:L([0-9A-Fa-f]{0,6}))?#([0-9A-Za-z]{1,16})\[/;
const rest = /^([^\]]*)\]((?:\[[^\]]*\])*)(?:_(\d{2}):(\d{2}):(\d{2}),(\d{2})-(\d{2})-(\d{4}))?$/;
const windows1252 = new TextDecoder('windows-1252');

const malformed = (detail: string): Result<SiaFrame, SiaFrameFault> => err({ kind: 'malformed', detail });

/** `HH:MM:SS,MM-DD-YYYY` (UTC by DC-09) as UTC milliseconds; null where the calendar has no such moment. */
const panelTime = (match: RegExpExecArray): number | null => {
  const [hour, minute, second, month, day, year] = match.slice(3, 9).map(Number);
  if (hour === undefined || minute === undefined || second === undefined) return null;
  if (month === undefined || day === undefined || year === undefined || Number.isNaN(hour)) return null;
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const same = at.getUTCMonth() === month - 1 && at.getUTCDate() === day && at.getUTCHours() === hour;
  return same && at.getUTCMinutes() === minute && at.getUTCSeconds() === second ? at.getTime() : null;
};

/**
 * Reads the bytes between LF and CR. Never throws. A wrong checksum or length is told by `intact`, not refused here:
 * whether it may pass is the account's setting, and the account is inside.
 */
export const decodeSiaFrame = (bytes: Uint8Array): Result<SiaFrame, SiaFrameFault> => {
  const sums = header.exec(windows1252.decode(bytes.subarray(0, 8)));
  if (sums?.[1] === undefined || sums[2] === undefined) return malformed('header');
  const body = bytes.subarray(8);
  const intact = Number.parseInt(sums[1], 16) === crc16Arc(body) && Number.parseInt(sums[2], 16) === body.length;
  const text = windows1252.decode(body);
  const head = start.exec(text);
  if (head?.[2] === undefined || head[3] === undefined || head[6] === undefined) return malformed('fields');
  const common = {
    id: head[2],
    encrypted: head[1] === '*',
    sequence: head[3],
    receiver: head[4] ?? null,
    prefix: head[5] ?? '0',
    account: head[6].toUpperCase(),
    intact,
  };
  if (common.encrypted) return ok({ ...common, data: '', extended: [], panelAtMs: null });
  const tail = rest.exec(text.slice(head[0].length));
  if (tail === null) return malformed('data');
  const extended = (tail[2] ?? '').split(/[[\]]+/).filter((block) => block !== '');
  return ok({ ...common, data: tail[1] ?? '', extended, panelAtMs: panelTime(tail) });
};

/** LF, checksum, length, body, CR. The body is what stands from the first quote on, in Latin letters (one byte each). */
export const encodeSiaBody = (body: string): Uint8Array => {
  const bytes = Buffer.from(body, 'latin1');
  const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0');
  return Buffer.concat([
    Buffer.from(`\n${hex(crc16Arc(bytes), 4)}0${hex(bytes.length, 3)}`, 'latin1'),
    bytes,
    Buffer.from('\r'),
  ]);
};

/** The receiver's three answers (DC-09 section 5.5.4). */
export type SiaAnswer = 'ACK' | 'NAK' | 'DUH';

/** `_HH:MM:SS,MM-DD-YYYY` in UTC. */
export const siaTime = (atMs: number): string => {
  const iso = new Date(atMs).toISOString();
  return `_${iso.slice(11, 19)},${iso.slice(5, 7)}-${iso.slice(8, 10)}-${iso.slice(0, 4)}`;
};

/**
 * The bytes of an answer: sequence, receiver, prefix and account are echoed, `R` is left out where the panel left it out, NAK
 * carries our time so that the panel can set its clock. Without a readable frame the answer is the standard's `0000R0L0A0`.
 */
export const encodeSiaAnswer = (answer: SiaAnswer, frame: SiaFrame | null, nowMs: number): Uint8Array => {
  const receiver = frame?.receiver === null || frame === null ? '' : `R${frame.receiver}`;
  const address = frame === null ? '0000R0L0A0' : `${frame.sequence}${receiver}L${frame.prefix}#${frame.account}`;
  return encodeSiaBody(`"${answer}"${address}[]${answer === 'NAK' ? siaTime(nowMs) : ''}`);
};
