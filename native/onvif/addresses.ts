/** An address in which only the path can be trusted: `http:///onvif/media`, `http://:80/onvif/media`, `/onvif/media`. */
const withoutHost = /^(?:(https?|rtsps?):\/\/(?=[:/]|$)(?::(\d{1,5}))?)?(\/(?!\/).*)?$/i;

/** The same with a host that stands for "none": it is replaced like every host that is not the target's. */
const filled = (told: string, scheme: string): string => {
  const match = told === '' ? null : withoutHost.exec(told);
  if (match === null) return told;
  const [, own = scheme, port, path = '/'] = match;
  return `${own.toLowerCase()}://0.0.0.0${port === undefined ? '' : `:${port}`}${path}`;
};

const portOf = (url: URL): string => url.port || (url.protocol === 'https:' ? '443' : '80');

/** The port of a told address, default ports written out; null where it is none. Beside `address`, what a device calls its own. */
export const toldPort = (told: string | undefined): string | null => {
  const text = told === undefined ? '' : filled(told, 'http');
  return URL.canParse(text) && /^https?:/.test(text) ? portOf(new URL(text)) : null;
};

/**
 * An address that a device told us, made reachable and safe: the host is always the one that we were given for it. Devices behind NAT
 * or with two interfaces name hosts that we cannot reach, and our credentials must not follow a name that a stranger put into a reply.
 * Only the host is replaced (a subscription may live on a port of its own), unless the told port is the one that the device calls its
 * own: that one we know under the target's. `ownPort` is that port; where it is not known, the default port counts as it. A device asked
 * over TLS is never asked without. Null where the text is no http(s) address.
 */
export const serviceAddress = (
  told: string | undefined,
  targetAddress: string,
  ownPort: string | null = null,
): string | null => {
  if (told === undefined || told.trim() === '' || !URL.canParse(targetAddress)) return null;
  const target = new URL(targetAddress);
  const text = filled(told.trim(), target.protocol.slice(0, -1));
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  const downgraded = target.protocol === 'https:' && url.protocol === 'http:';
  const own = ownPort === null ? url.port === '' : portOf(url) === ownPort;
  if (downgraded || (url.hostname !== target.hostname && own)) {
    url.protocol = target.protocol;
    url.port = target.port;
  }
  url.hostname = target.hostname;
  url.username = '';
  url.password = '';
  return url.href;
};

/** Credentials in an address, up to the last `@` that an IPv4 address or the target's name follows: passwords hold `/` and `@` too. */
const withoutCredentials = (told: string, hostname: string): string => {
  const [scheme = '', rest = ''] = told.split(/(?<=^rtsps?:\/\/)/i);
  const hosts = [...rest.matchAll(/@(?=((?:\d{1,3}\.){3}\d{1,3}|\[[^\]]+\]|[\w.-]+)(?::\d{1,5})?(?:[/?#]|$))/g)];
  const plainly = hosts.findLast(([, host]) => host === hostname || /^[\d.]+$/.test(host ?? ''));
  const best = plainly ?? (rest.split('/', 1)[0]?.includes('@') === true ? hosts.at(-1) : undefined);
  return best === undefined ? told : `${scheme}${rest.slice(best.index + 1)}`;
};

/** An RTSP address as told, on the target's host, without credentials; null where it is no rtsp(s) address. */
export const streamAddress = (told: string | undefined, targetAddress: string): string | null => {
  if (told === undefined || !URL.canParse(targetAddress)) return null;
  const { hostname } = new URL(targetAddress);
  const match = /^(rtsps?):\/\/(\[[^\]]+\]|[^/?#:@]+)(:\d{1,5})?([/?#].*)?$/i.exec(
    withoutCredentials(filled(told.trim(), 'rtsp'), hostname),
  );
  if (match === null) return null;
  const [, scheme = 'rtsp', , port = '', path = '/'] = match;
  return `${scheme.toLowerCase()}://${hostname}${port}${path}`;
};
