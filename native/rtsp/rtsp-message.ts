/** An answer of the camera, or a request it sends itself. Header names are in lower case. */
export interface RtspMessage {
  /** 100 to 599 for an answer, `null` for a request. */
  readonly status: number | null;
  /** `null` for an answer. */
  readonly method: string | null;
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: Buffer;
}

/** The head of a message without its body. */
export type RtspHead = Omit<RtspMessage, 'body'>;

const MAX_HEADERS = 256;

/** Reads start line and headers (RFC 2326 sections 4 to 7), or `null` when it is neither answer nor request. */
export const parseRtspHead = (text: string): RtspHead | null => {
  const lines = text.split(/\r\n|\n|\r/);
  const start = lines[0] ?? '';
  const answer = /^RTSP\/\d\.\d\s+(\d{3})(?:\s|$)/.exec(start);
  const request = answer === null ? /^([A-Z_]{3,16})\s+\S+\s+RTSP\/\d\.\d\s*$/.exec(start) : null;
  if (answer === null && request === null) return null;
  const headers = new Map<string, string[]>();
  let last: string[] | null = null;
  for (const line of lines.slice(1, MAX_HEADERS + 1)) {
    // A line that begins with a blank goes on with the header before it (RFC 2326 section 15, RFC 2068 section 2.2).
    if (last !== null && /^[ \t]+\S/.test(line)) {
      last.push(`${last.pop() ?? ''} ${line.trim()}`.trim());
      continue;
    }
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    const existing = headers.get(name);
    last = existing ?? [];
    last.push(value);
    if (existing === undefined) headers.set(name, last);
  }
  return { status: answer === null ? null : Number(answer[1]), method: request?.[1] ?? null, headers };
};

/** The first value of a header, or `null`. */
export const header = (message: RtspHead, name: string): string | null => message.headers.get(name)?.[0] ?? null;
