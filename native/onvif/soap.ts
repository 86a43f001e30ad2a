import { parseOnvifXml } from './onvif-xml.ts';
import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import type { DeviceFault, OnvifTarget } from '../../electron/station/ports/devices.port.ts';
import type { HttpClient } from '../kit/http.ts';
import { ns } from './namespaces.ts';
import { usernameToken } from './username-token.ts';
import { at, child, type XmlNode } from '../kit/xml.ts';

/**
 * The largest reply read, in bytes. The largest honest one seen, GetProfiles of a 64-channel recorder, stays under 500 KB; reading costs
 * about 0.3 ms a kilobyte on the core thread (measured), so that no reply holds it for longer than 0.2 s.
 */
const maxReplyBytes = 640 * 1024;

interface SoapCall {
  readonly target: OnvifTarget;
  /** Where to post; a service address, or a subscription's own. */
  readonly url: string;
  /** Sent as the action parameter of the content type, and expected by nothing here. */
  readonly action: string;
  /** Content of the header beside the security token: addressing and reference parameters. */
  readonly header?: string;
  /** Content of the body, with its own namespace declarations. */
  readonly body: string;
  /** The element that the reply's body must hold. */
  readonly expect: { readonly name: string; readonly namespaces: readonly string[] };
  /** Asked without a token, as `GetSystemDateAndTime` must be (its answer is needed to make one). */
  readonly anonymous?: boolean;
  readonly timeoutMs?: number;
  /** Less than `maxReplyBytes`, where replies come unasked and often. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
  /** Told the reply's HTTP `Date`. */
  readonly onDate?: (dateMs: number | null) => void;
}

/** An envelope, ours or as another library wrote it, posted with the same care. */
interface SoapPost extends Pick<SoapCall, 'target' | 'url' | 'action' | 'timeoutMs' | 'maxBytes' | 'signal'> {
  /** With this security header in it, which may be empty. */
  readonly envelope: (security: string) => string;
}

/** A reply that is an envelope, in bounds, and no fault. */
export interface SoapReply {
  readonly text: string;
  readonly body: XmlNode;
  /** The device's time by its HTTP `Date`, UTC milliseconds; null where it sends none. */
  readonly dateMs: number | null;
}

export interface SoapClient {
  /** The element named by `expect`. */
  readonly call: (call: SoapCall) => Promise<Result<XmlNode, DeviceFault>>;
  readonly post: (post: SoapPost) => Promise<Result<SoapReply, DeviceFault>>;
}

export interface SoapDeps {
  readonly http: HttpClient;
  /** The device's time now, UTC milliseconds; null where it could not be learned: a token would then be a guess. */
  readonly deviceNowMs: (target: OnvifTarget) => number | null;
  /** This machine's time, UTC milliseconds. */
  readonly nowMs: () => number;
}

const defaultTimeoutMs = 8000;
const printable = (text: string): string => text.replaceAll(/[^\P{C} ]/gu, ' ').slice(0, 200);

/** A SOAP 1.2 (or 1.1) fault as a `DeviceFault`. ONVIF Core section 5.8.2 names the sub-codes. */
const faultOf = (fault: XmlNode): DeviceFault => {
  const codes = [
    at(fault, 'Code', 'Value')?.text,
    at(fault, 'Code', 'Subcode', 'Value')?.text,
    at(fault, 'Code', 'Subcode', 'Subcode', 'Value')?.text,
    at(fault, 'faultcode')?.text,
  ].join(' ');
  const reason = printable(at(fault, 'Reason', 'Text')?.text ?? at(fault, 'faultstring')?.text ?? '');
  if (/NotAuthorized|FailedAuthentication|InvalidSecurity/i.test(codes)) return { kind: 'credentials' };
  if (/ActionNotSupported|NotSupported|UnknownAction|OptionalActionNotImplemented/i.test(codes)) {
    return { kind: 'unsupported', what: reason === '' ? 'action' : reason };
  }
  return { kind: 'refused', reason: reason === '' ? printable(codes.trim()) : reason };
};

const bodyOf = (root: XmlNode): XmlNode | null => {
  const isEnvelope = root.name === 'Envelope' && (root.namespace === ns.soap12 || root.namespace === ns.soap11);
  return isEnvelope ? child(root, 'Body', root.namespace) : null;
};

/** A client for SOAP 1.2 over HTTP: bounded replies, no entities, checked namespaces, WS-UsernameToken and HTTP Digest. */
export const createSoapClient = ({ http, deviceNowMs, nowMs }: SoapDeps): SoapClient => {
  const token = ({ username, password }: OnvifTarget, atMs: number): string =>
    username === null ? '' : usernameToken(username, password ?? '', atMs);

  const once = async (
    { target, url, action, timeoutMs = defaultTimeoutMs, maxBytes = maxReplyBytes, signal }: SoapPost,
    envelope: string,
  ): Promise<Result<SoapReply, DeviceFault>> => {
    const reply = await http.exchange(
      {
        url,
        method: 'POST',
        headers: { 'content-type': `application/soap+xml; charset=utf-8; action="${action}"` },
        body: envelope,
        timeoutMs,
        maxBytes,
        ...(signal === undefined ? {} : { signal }),
      },
      target,
    );
    if (!reply.ok) return reply;
    const { status, bytes, dateMs } = reply.value;
    const text = new TextDecoder().decode(bytes);
    const parsed = bytes.length === 0 ? null : parseOnvifXml(text);
    const body = parsed?.ok === true ? bodyOf(parsed.value) : null;
    const fault = body === null ? null : child(body, 'Fault', ns.soap12, ns.soap11);
    if (fault !== null) return err(faultOf(fault));
    if (status === 401 || status === 403) return err({ kind: 'credentials' });
    if (status !== 200) return err({ kind: 'refused', reason: `HTTP ${status}` });
    if (parsed !== null && !parsed.ok) return err(parsed.error);
    return body === null ? err({ kind: 'malformed', detail: 'not a SOAP envelope' }) : ok({ text, body, dateMs });
  };

  const post: SoapClient['post'] = async (wanted) => {
    const { target, envelope } = wanted;
    const atMs = deviceNowMs(target);
    if (target.username === null || atMs !== null) return once(wanted, envelope(token(target, atMs ?? nowMs())));
    // The device tells no time: its HTTP Digest first, which needs none; then a token by our clock, as good as it may be.
    const byDigest = await once(wanted, envelope(''));
    return byDigest.ok || byDigest.error.kind !== 'credentials'
      ? byDigest
      : once(wanted, envelope(token(target, nowMs())));
  };

  return {
    post,
    call: async (call) => {
      const { target, header = '', body, expect, anonymous = false } = call;
      const envelope = (security: string): string =>
        [
          `<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="${ns.soap12}"><s:Header>`,
          `${security}${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`,
        ].join('');
      const reply = await post({
        ...call,
        envelope,
        target: anonymous ? { ...target, username: null, password: null } : target,
      });
      if (!reply.ok) return reply;
      const answer = child(reply.value.body, expect.name, ...expect.namespaces);
      if (answer === null) return err({ kind: 'malformed', detail: `no ${expect.name} in its namespace` });
      call.onDate?.(reply.value.dateMs);
      return ok(answer);
    },
  };
};
