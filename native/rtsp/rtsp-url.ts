import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';

/** An RTSP address taken apart. `url` never holds credentials: they stand beside it. */
export interface RtspTarget {
  readonly secure: boolean;
  readonly host: string;
  /** 1 to 65535; 554 for rtsp, 322 for rtsps where the address names none. */
  readonly port: number;
  readonly url: string;
  readonly username: string | null;
  readonly password: string | null;
}

const MAX_URL_LENGTH = 2048;
/** Up to the last '@' of the authority is user information: installers paste passwords with a bare '@' in them. */
const shape = /^(rtsps?):\/\/(?:([^/]*)@)?(\[[0-9a-f:.%]+\]|[^:/?#@[\]\s]+)(?::(\d{1,5}))?([/?#][^\s]*)?$/i;

const percentDecoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Reads `rtsp://` and `rtsps://` addresses. The error never repeats the address, which may hold a password. */
export const parseRtspUrl = (text: string): Result<RtspTarget, { readonly kind: 'badUrl' }> => {
  const match = text.length > MAX_URL_LENGTH ? null : shape.exec(text.trim());
  if (match === null) return err({ kind: 'badUrl' });
  const [, scheme = '', userInfo, bracketed = '', portText, rest = ''] = match;
  const secure = scheme.toLowerCase() === 'rtsps';
  const port = portText === undefined ? (secure ? 322 : 554) : Number(portText);
  if (port < 1 || port > 65_535) return err({ kind: 'badUrl' });
  const colon = userInfo === undefined ? -1 : userInfo.indexOf(':');
  const username = userInfo === undefined ? null : percentDecoded(colon < 0 ? userInfo : userInfo.slice(0, colon));
  const password = userInfo === undefined ? null : percentDecoded(colon < 0 ? '' : userInfo.slice(colon + 1));
  const authority = portText === undefined ? bracketed : `${bracketed}:${portText}`;
  return ok({
    secure,
    host: bracketed.startsWith('[') ? bracketed.slice(1, -1) : bracketed,
    port,
    url: `${scheme.toLowerCase()}://${authority}${rest}`,
    username,
    password,
  });
};

/**
 * Resolves a `control` attribute against its base (RFC 2326 appendix C.1.1). Relative ones are appended, as cameras and
 * players do, even behind a query; `*` and nothing mean the base itself.
 */
export const resolveControl = (base: string, control: string | null): string => {
  if (control === null || control === '' || control === '*') return base;
  const absolute = parseRtspUrl(control);
  if (absolute.ok) return absolute.value.url;
  const target = parseRtspUrl(base);
  if (control.startsWith('/') && target.ok) {
    const origin = /^rtsps?:\/\/[^/?#]+/i.exec(target.value.url);
    return `${origin?.[0] ?? base}${control}`;
  }
  return base.endsWith('/') ? `${base}${control}` : `${base}/${control}`;
};
