/** Addresses of camera streams, read one way by the form, the station and the intake. */
import { err, ok, type Result } from '../../domain/kernel/result.ts';

/** An address taken apart. `url` never holds name or password: they stand beside it. */
export interface StreamAddress {
  readonly secure: boolean;
  /** A name, or an IPv4 or IPv6 address without brackets. */
  readonly host: string;
  /** 1 to 65535; 554 for rtsp, 322 for rtsps where the address names none. */
  readonly port: number;
  readonly url: string;
  readonly username: string | null;
  readonly password: string | null;
}

/** `ambiguous`: what stands in front of an `@` may be a password or a path; then name and password are asked for apart. */
export type StreamAddressError = { readonly kind: 'badUrl' } | { readonly kind: 'ambiguous' };

const MAX_URL_LENGTH = 2048;
const shape = /^(rtsps?):\/\/(.*)$/is;
/** Host and port, and the path, query or nothing behind them. Nothing else may stand in a host: it is handed to the system. */
const place = /^(\[[0-9a-f:.]+(?:%[a-z0-9_.-]+)?\]|[\p{L}\p{N}_.~-]{1,253})(?::(\d{1,5}))?([/?#].*)?$/isu;
const ipv4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

const percentDecoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    // A bare percent sign, as installers type it.
    return text;
  }
};

/** Whether a text has characters that no address, name or password may hold: they would end a line or a text elsewhere. */
export const hasControlCharacter = (text: string): boolean => /\p{Cc}/u.test(text);

interface Place {
  readonly host: string;
  readonly port: number | null;
  readonly rest: string;
}

const placeOf = (text: string): Place | null => {
  const match = place.exec(text);
  if (match === null) return null;
  const port = match[2] === undefined ? null : Number(match[2]);
  if (port !== null && (port < 1 || port > 65_535)) return null;
  return { host: match[1] ?? '', port, rest: match[3] ?? '' };
};

const isNumeric = ({ host }: Place): boolean => ipv4.test(host) || host.startsWith('[');

/**
 * Where name and password end: the index of their `@`, -1 where there are none. Installers paste passwords as they are, with `/`,
 * `@`, `:`, `?` or `#` in them; a path may hold an `@` as well. The last `@` in front of something that can only be a host counts.
 */
const userInfoEnd = (text: string): number | 'ambiguous' => {
  const authority = /^[^/?#]*/.exec(text)?.[0] ?? '';
  const usual = authority.lastIndexOf('@');
  const first = placeOf(text.slice(usual + 1));
  if (first !== null && isNumeric(first)) return usual;
  for (let at = text.lastIndexOf('@'); at > usual; at = text.lastIndexOf('@', at - 1)) {
    const later = placeOf(text.slice(at + 1));
    // A name alone is no password: only with a colon in front can this be one.
    if (later !== null && text.lastIndexOf(':', at) >= 0) {
      if (isNumeric(later) || first === null) return at;
      if (usual < 0 ? first.port !== null : later.host.includes('.') && !first.host.includes('.')) return 'ambiguous';
    }
    if (at === 0) break;
  }
  return usual;
};

/** Reads `rtsp://` and `rtsps://` addresses. The error never repeats the address, which may hold a password. */
export const parseStreamAddress = (given: string): Result<StreamAddress, StreamAddressError> => {
  const text = given.trim();
  const match = text.length > MAX_URL_LENGTH || hasControlCharacter(text) ? null : shape.exec(text);
  if (match === null) return err({ kind: 'badUrl' });
  const scheme = (match[1] ?? '').toLowerCase();
  const rest = match[2] ?? '';
  const end = userInfoEnd(rest);
  if (end === 'ambiguous') return err({ kind: 'ambiguous' });
  const found = placeOf(rest.slice(end + 1));
  if (found === null || /\s/.test(found.rest)) return err({ kind: 'badUrl' });
  const userInfo = end < 0 ? null : rest.slice(0, end);
  const colon = userInfo === null ? -1 : userInfo.indexOf(':');
  const username = userInfo === null ? null : percentDecoded(colon < 0 ? userInfo : userInfo.slice(0, colon));
  const password = userInfo === null ? null : percentDecoded(colon < 0 ? '' : userInfo.slice(colon + 1));
  if (hasControlCharacter(`${username ?? ''}${password ?? ''}`)) return err({ kind: 'badUrl' });
  const secure = scheme === 'rtsps';
  const { host, port } = found;
  return ok({
    secure,
    host: host.startsWith('[') ? host.slice(1, -1) : host,
    port: port ?? (secure ? 322 : 554),
    url: `${scheme}://${host}${port === null ? '' : `:${port}`}${found.rest}`,
    username,
    password,
  });
};
