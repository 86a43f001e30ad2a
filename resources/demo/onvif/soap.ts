/** SOAP 1.2 envelopes and faults as ONVIF uses them (ONVIF Core section 5). */
import type { Element } from './xml.ts';

/** Namespaces by the prefixes used in answers. */
export const ns = {
  s: 'http://www.w3.org/2003/05/soap-envelope',
  wsa: 'http://www.w3.org/2005/08/addressing',
  wsnt: 'http://docs.oasis-open.org/wsn/b-2',
  wstop: 'http://docs.oasis-open.org/wsn/t-1',
  tt: 'http://www.onvif.org/ver10/schema',
  tds: 'http://www.onvif.org/ver10/device/wsdl',
  trt: 'http://www.onvif.org/ver10/media/wsdl',
  tev: 'http://www.onvif.org/ver10/events/wsdl',
  tmd: 'http://www.onvif.org/ver10/deviceIO/wsdl',
  tns1: 'http://www.onvif.org/ver10/topics',
  ter: 'http://www.onvif.org/ver10/error',
  wsrfr: 'http://docs.oasis-open.org/wsrf/r-2',
} as const;

const declarations = Object.entries(ns)
  .map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`)
  .join(' ');

/** A whole envelope around body content that uses the prefixes of `ns`. */
export const envelope = (body: string, header = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<s:Envelope ${declarations}>${header === '' ? '' : `<s:Header>${header}</s:Header>`}<s:Body>${body}</s:Body></s:Envelope>`;

export interface Fault {
  /** HTTP status: 400 for the sender's mistakes, 401 for authentication, 500 for the device's own. */
  readonly status: 400 | 401 | 500;
  /** Sub-codes below `Sender` or `Receiver`, outermost first, with prefix. */
  readonly codes: readonly string[];
  readonly reason: string;
}

export const notAuthorized: Fault = { status: 401, codes: ['ter:NotAuthorized'], reason: 'Sender not authorized' };
export const notSupported: Fault = {
  status: 500,
  codes: ['ter:ActionNotSupported'],
  reason: 'Optional action not implemented',
};
export const invalid = (code: string, reason: string): Fault => ({
  status: 400,
  codes: ['ter:InvalidArgVal', code],
  reason,
});

export const faultBody = (fault: Fault): string => {
  const sub = fault.codes.reduceRight((inner, code) => `<s:Subcode><s:Value>${code}</s:Value>${inner}</s:Subcode>`, '');
  const side = fault.status === 500 ? 's:Receiver' : 's:Sender';
  return `<s:Fault><s:Code><s:Value>${side}</s:Value>${sub}</s:Code><s:Reason><s:Text xml:lang="en">${fault.reason}</s:Text></s:Reason></s:Fault>`;
};

/** What a service's operation gives back: a body, a fault, or silence (a controller without power). */
export type Reply =
  { readonly body: string; readonly header?: string } | { readonly fault: Fault } | { readonly silence: true };

/** One operation: gets the request element, answers now or later. */
export type Operation = (request: Element, context: CallContext) => Reply | Promise<Reply>;

export interface CallContext {
  /** `http://address:port` at which the caller reached the device. */
  readonly base: string;
  /** The path called. */
  readonly path: string;
  /** Aborted when the caller hangs up. */
  readonly gone: AbortSignal;
}

/** Operations by `{namespace}Name`. */
export type Service = ReadonlyMap<string, Operation>;

export const service = (namespace: string, operations: Readonly<Record<string, Operation>>): Service =>
  new Map(Object.entries(operations).map(([name, operation]) => [`{${namespace}}${name}`, operation]));
