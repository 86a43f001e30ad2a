/**
 * An address that a device told us, made reachable and safe: the host is always the one that we were given for it. Devices behind NAT
 * or with two interfaces name hosts that we cannot reach, and our credentials must not follow a name that a stranger put into a reply.
 * The port is the told one where the host agrees, else the target's. A device asked over TLS is never asked without. Null where the text is no http(s) address.
 */
export const serviceAddress = (told: string | undefined, targetAddress: string): string | null => {
  if (told === undefined || !URL.canParse(told) || !URL.canParse(targetAddress)) return null;
  const [url, target] = [new URL(told), new URL(targetAddress)];
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  const downgraded = target.protocol === 'https:' && url.protocol === 'http:';
  if (url.hostname !== target.hostname || downgraded) {
    url.protocol = target.protocol;
    url.host = target.host;
    if (target.port === '') url.port = '';
  }
  url.username = '';
  url.password = '';
  return url.href;
};

/** An RTSP address as told, on the target's host, without credentials; null where it is no rtsp(s) address. */
export const streamAddress = (told: string | undefined, targetAddress: string): string | null => {
  if (told === undefined || !URL.canParse(targetAddress)) return null;
  const match = /^(rtsps?):\/\/(?:[^/?#@]*@)?(\[[^\]]+\]|[^/?#:]+)(:\d{1,5})?([/?#].*)?$/i.exec(told);
  if (match === null) return null;
  const [, scheme = 'rtsp', , port = '', path = '/'] = match;
  return `${scheme.toLowerCase()}://${new URL(targetAddress).hostname}${port}${path}`;
};
