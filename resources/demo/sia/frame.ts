/** Frames of SIA DC-09: `LF CRC 0LLL "ID" seq Lpref #acct [data] time CR` (ANSI/SIA DC-09-2013, section 5.5). */

/** CRC-16/ARC: reflected polynomial 0xA001, start 0. */
export const crc16 = (bytes: Uint8Array): number => {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  }
  return crc;
};

const hex = (value: number): string => value.toString(16).toUpperCase().padStart(4, '0');

/** Wraps a body (from the first quote on) into line feed, CRC, length and carriage return. */
export const siaFrame = (body: string): string => {
  const bytes = Buffer.from(body, 'latin1');
  return `\n${hex(crc16(bytes))}${hex(bytes.length)}${body}\r`;
};

const two = (value: number): string => String(value).padStart(2, '0');

/** `_HH:MM:SS,MM-DD-YYYY` in UTC. */
export const siaTime = (at: Date): string =>
  `_${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())},${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}-${at.getUTCFullYear()}`;

export type SiaReport =
  | { readonly kind: 'null' }
  /** A help button as a medical alarm: SIA code QA (emergency assistance) or Contact ID 101, restored by QR or qualifier 3. */
  | { readonly kind: 'help'; readonly zone: number; readonly restored: boolean; readonly dialect: 'sia' | 'cid' };

/** The body of a report. `seq` 1 to 9999, `account` 3 to 16 hexadecimal digits. */
export const siaBody = (report: SiaReport, account: string, seq: number, at: Date): string => {
  const head = (id: string): string => `"${id}"${String(seq).padStart(4, '0')}L0#${account}`;
  if (report.kind === 'null') return `${head('NULL')}[]${siaTime(at)}`;
  if (report.dialect === 'cid') {
    return `${head('ADM-CID')}[#${account}|${report.restored ? 3 : 1}101 01 ${String(report.zone).padStart(3, '0')}]${siaTime(at)}`;
  }
  return `${head('SIA-DCS')}[#${account}|Nri1/${report.restored ? 'QR' : 'QA'}${report.zone}]${siaTime(at)}`;
};

export interface SiaAnswer {
  readonly kind: 'ACK' | 'NAK' | 'DUH';
  /** 0 where the answer carries none (NAK). */
  readonly seq: number;
}

/** Reads one answer without its LF and CR; undefined where CRC, length or form are wrong. */
export const parseSiaAnswer = (frame: string): SiaAnswer | undefined => {
  const m = /^([0-9A-F]{4})0([0-9A-F]{3})("(ACK|NAK|DUH)"(\d{4})(?:R[0-9A-F]+)?(?:L[0-9A-F]+)?.*)$/s.exec(frame);
  if (!m) return undefined;
  const body = Buffer.from(m[3] ?? '', 'latin1');
  if (crc16(body) !== Number.parseInt(m[1] ?? '', 16) || body.length !== Number.parseInt(m[2] ?? '', 16))
    return undefined;
  const kind = m[4];
  return kind === 'ACK' || kind === 'NAK' || kind === 'DUH' ? { kind, seq: Number(m[5]) } : undefined;
};
