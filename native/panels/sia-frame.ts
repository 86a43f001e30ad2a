import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import { crc16Arc } from './crc16.ts';

/** How the checksum stands in a frame: four hexadecimal digits, or two bytes as they are, high byte first or last. Answers take the same form. */
export type ChecksumForm = 'hex' | 'highFirst' | 'lowFirst';

/** One decoded SIA DC-09 message (ANSI/SIA DC-09-2007 section 5.5). */
export interface SiaFrame {
  /** Without the leading star, in capitals. */
  readonly id: string;
  /** A leading `*`: the data is AES ciphertext and stays unread. */
  readonly encrypted: boolean;
  /** As sent; four digits from panels that keep to the standard. */
  readonly sequence: string;
  /** As sent, or null when the panel left it out. */
  readonly receiver: string | null;
  /** As sent; `0` when the panel left it out. */
  readonly prefix: string;
  /** As sent, before the bracket; null when the panel left it out. */
  readonly account: string | null;
  /** Between the first brackets; empty in `NULL` and when encrypted. */
  readonly data: string;
  /** The bracketed blocks after the data, brackets removed, read as Windows-1252 (some panels send names in it). */
  readonly extended: readonly string[];
  /** The panel's clock, UTC milliseconds; null where it sent none, or one that no calendar has. */
  readonly panelAtMs: number | null;
  /** Whether checksum and length agree with the bytes; only a lenient account may go on without. */
  readonly intact: boolean;
  readonly checksum: ChecksumForm;
}

/** `accounts`: what may be an account in it, upper case, so that a message of a panel that is set up is not lost without a word. */
export type SiaFrameFault = {
  readonly kind: 'malformed';
  readonly detail: string;
  readonly accounts: readonly string[];
};

const windows1252 = new TextDecoder('windows-1252');

/** Where the body begins (its first quote), and how the checksum before it stands; `undefined` where no frame begins. Looks at 9 bytes. */
export const siaHeader = (bytes: Uint8Array): { readonly body: number; readonly hex: boolean } | undefined => {
  const text = windows1252.decode(bytes.subarray(0, 9));
  if (/^[0-9A-Fa-f]{4}0[0-9A-Fa-f]{3}"/.test(text)) return { body: 8, hex: true };
  return /^[^]{2}0[0-9A-Fa-f]{3}"/.test(text) ? { body: 6, hex: false } : undefined;
};

const checksumOf = (
  bytes: Uint8Array,
  header: { readonly body: number; readonly hex: boolean },
): { readonly form: ChecksumForm; readonly intact: boolean } => {
  const body = bytes.subarray(header.body);
  const head = windows1252.decode(bytes.subarray(0, header.body));
  const length = Number.parseInt(head.slice(-3), 16);
  const crc = crc16Arc(body);
  const [high = 0, low = 0] = bytes;
  if (header.hex)
    return { form: 'hex', intact: length === body.length && Number.parseInt(head.slice(0, 4), 16) === crc };
  const lowFirst = high + low * 256 === crc && high * 256 + low !== crc;
  const right = lowFirst || high * 256 + low === crc;
  return { form: lowFirst ? 'lowFirst' : 'highFirst', intact: right && length === body.length };
};

const start =
  /^"(\*?)([A-Za-z0-9-]{1,20})"([0-9A-Fa-f]{0,10}?)(?:R([0-9A-Fa-f]{0,6}))?(?:L([0-9A-Fa-f]{0,6}))?(?:#([0-9A-Za-z]{0,16}))?(?:\[|$)/;
const time = /_(\d{2}):(\d{2}):(\d{2}),(\d{2})-(\d{2})-(\d{4})$/;

const malformed = (detail: string, text: string): Result<SiaFrame, SiaFrameFault> => {
  const found = [...text.matchAll(/[#[|]#?([0-9A-Fa-f]{3,16})(?![0-9A-Za-z])/g)].map((match) =>
    (match[1] ?? '').toUpperCase(),
  );
  return err({ kind: 'malformed', detail, accounts: [...new Set(found)].slice(0, 8) });
};

/** `HH:MM:SS,MM-DD-YYYY` (UTC by DC-09) as UTC milliseconds; null where the calendar has no such moment. */
const panelTime = (tail: string): number | null => {
  const match = time.exec(tail);
  if (match === null) return null;
  const [hour = 0, minute = 0, second = 0, month = 0, day = 0, year = 0] = match.slice(1).map(Number);
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const same = at.getUTCMonth() === month - 1 && at.getUTCDate() === day && at.getUTCHours() === hour;
  return same && at.getUTCMinutes() === minute && at.getUTCSeconds() === second ? at.getTime() : null;
};

/**
 * Reads the bytes between LF and CR. Never throws. A wrong checksum or length is told by `intact`, not refused here:
 * whether it may pass is the account's setting, and the account is inside. What stands behind the data and is not understood
 * (an odd time, a bracket too few) never costs the data.
 */
export const decodeSiaFrame = (bytes: Uint8Array): Result<SiaFrame, SiaFrameFault> => {
  const header = siaHeader(bytes);
  if (header === undefined) return malformed('header', windows1252.decode(bytes));
  const text = windows1252.decode(bytes.subarray(header.body));
  const head = start.exec(text);
  if (head?.[2] === undefined || head[3] === undefined) return malformed('fields', text);
  const { form, intact } = checksumOf(bytes, header);
  const common = {
    id: head[2].toUpperCase(),
    encrypted: head[1] === '*',
    sequence: head[3],
    receiver: head[4] ?? null,
    prefix: head[5] ?? '0',
    account: head[6] === undefined || head[6] === '' ? null : head[6],
    intact,
    checksum: form,
  };
  if (common.encrypted) return ok({ ...common, data: '', extended: [], panelAtMs: null });
  const rest = text.slice(head[0].length);
  const end = rest.indexOf(']');
  const tail = end === -1 ? '' : rest.slice(end + 1);
  const extended = [...tail.matchAll(/\[([^\]]*)\]/g)].map((block) => block[1] ?? '').filter((block) => block !== '');
  return ok({ ...common, data: end === -1 ? rest : rest.slice(0, end), extended, panelAtMs: panelTime(tail) });
};

/** LF, checksum, length, body, CR. The body is what stands from the first quote on, in Latin letters (one byte each). */
export const encodeSiaBody = (body: string, form: ChecksumForm = 'hex'): Uint8Array => {
  const bytes = Buffer.from(body, 'latin1');
  const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0');
  const crc = crc16Arc(bytes);
  const [high, low] = [crc >>> 8, crc & 0xff];
  const sum =
    form === 'hex'
      ? Buffer.from(hex(crc, 4), 'latin1')
      : Uint8Array.from(form === 'highFirst' ? [high, low] : [low, high]);
  return Buffer.concat([
    Buffer.from('\n'),
    sum,
    Buffer.from(`0${hex(bytes.length, 3)}`, 'latin1'),
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
 * The bytes of an answer: sequence, receiver, prefix and account are echoed as they came, `R` and the account are left out where the panel
 * left them out, the checksum stands as the panel's does, and NAK carries our time so that the panel can set its clock. Without a
 * readable frame the answer is the standard's `0000R0L0A0`.
 */
export const encodeSiaAnswer = (answer: SiaAnswer, frame: SiaFrame | null, nowMs: number): Uint8Array => {
  const receiver = frame === null || frame.receiver === null ? '' : `R${frame.receiver}`;
  const account = frame === null || frame.account === null ? '' : `#${frame.account}`;
  const address = frame === null ? '0000R0L0A0' : `${frame.sequence}${receiver}L${frame.prefix}${account}`;
  return encodeSiaBody(`"${answer}"${address}[]${answer === 'NAK' ? siaTime(nowMs) : ''}`, frame?.checksum);
};
