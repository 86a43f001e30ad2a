/** Reads what a caller sends, up to a limit. */
import type { IncomingMessage } from 'node:http';

/** The whole body as text, or undefined where it has more bytes than `limit`. */
export const readBody = async (request: IncomingMessage, limit: number): Promise<string | undefined> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > limit) return undefined;
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString('utf8');
};
