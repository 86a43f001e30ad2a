import { randomUUID } from 'node:crypto';
import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import type { DeviceFault, OnvifTarget } from '../../electron/station/ports/devices.port.ts';
import { serviceAddress } from './addresses.ts';
import { readDateTime } from './device-time.ts';
import { ns } from './namespaces.ts';
import type { SoapClient } from './soap.ts';
import type { PullTimes } from './topics.ts';
import { at, child, children, escapeXml, type XmlNode } from '../kit/xml.ts';

/** How long a subscription is asked to live; renewed at half of it. */
const lifeSeconds = 60;
/** Messages asked for in one reply. */
const messageLimit = 50;
/** The largest reply to a pull, bytes. Reading costs about 0.3 ms a kilobyte on this class of machine (measured), and pulls never end. */
const maxPullBytes = 256 * 1024;

/** A pull point as the device made it. */
export interface Subscription {
  readonly url: string;
  /** As the device told it: goes into `wsa:To`. */
  readonly toldAddress: string;
  /** Reference parameters, to be sent back as headers (WS-Addressing section 3.4). */
  readonly referenceHeader: string;
  /** From now on, by the device's own two times; 10 s to 1 h. */
  readonly lifeMs: number;
}

interface PulledMessages {
  readonly notifications: readonly XmlNode[];
  readonly deviceNowMs: PullTimes['deviceNowMs'];
}

/**
 * How the life of a subscription is asked for (`wsnt:AbsoluteOrRelativeTimeType`): as a duration, which needs no clock, or until a time by
 * the device's clock, for devices that cannot read a duration.
 */
export type LifeForm = 'duration' | 'time';

/** The calls of ONVIF Core chapter 9 (pull-point notification). */
export interface PullPointCalls {
  readonly create: () => Promise<Result<Subscription, DeviceFault>>;
  /** Asks for the present state of all properties; devices that cannot are no worse for it. */
  readonly synchronise: (subscription: Subscription) => Promise<Result<null, DeviceFault>>;
  /** Waits at the device for `waitSeconds`; answered within `graceMs` after that or it counts as hung. */
  readonly pull: (
    subscription: Subscription,
    waitSeconds: number,
    graceMs: number,
  ) => Promise<Result<PulledMessages, DeviceFault>>;
  /** The new life in milliseconds. */
  readonly renew: (subscription: Subscription) => Promise<Result<number, DeviceFault>>;
  readonly unsubscribe: (subscription: Subscription) => Promise<Result<null, DeviceFault>>;
}

/** The life as the device tells it, milliseconds; null where it does not. */
const toldLife = (response: XmlNode): number | null => {
  const end = readDateTime(child(response, 'TerminationTime')?.text);
  const now = readDateTime(child(response, 'CurrentTime')?.text);
  return end === null || now === null ? null : end - now;
};

const lifeOf = (response: XmlNode): number =>
  Math.min(Math.max(toldLife(response) ?? lifeSeconds * 1000, 10_000), 3_600_000);

/** A reference parameter written again with its namespace. One level: none seen has more. */
const asHeader = (node: XmlNode): string => {
  const attributes = [...node.attributes].map(([name, value]) => ` ${name}="${escapeXml(value)}"`).join('');
  const name = node.namespace === '' ? node.name : `rp:${node.name}`;
  const declaration = node.namespace === '' ? '' : ` xmlns:rp="${escapeXml(node.namespace)}"`;
  return `<${name}${declaration}${attributes}>${escapeXml(node.text)}</${name}>`;
};

const addressing = (action: string, to: string): string =>
  [
    `<wsa:Action xmlns:wsa="${ns.wsa}" s:mustUnderstand="1">${action}</wsa:Action>`,
    `<wsa:MessageID xmlns:wsa="${ns.wsa}">urn:uuid:${randomUUID()}</wsa:MessageID>`,
    `<wsa:ReplyTo xmlns:wsa="${ns.wsa}"><wsa:Address>${ns.wsa}/anonymous</wsa:Address></wsa:ReplyTo>`,
    `<wsa:To xmlns:wsa="${ns.wsa}" s:mustUnderstand="1">${escapeXml(to)}</wsa:To>`,
  ].join('');

const events = `${ns.events}/EventPortType`;
const pullPoint = `${ns.events}/PullPointSubscription`;
const manager = 'http://docs.oasis-open.org/wsn/bw-2/SubscriptionManager';

export interface PullPointDeps {
  readonly soap: SoapClient;
  readonly target: OnvifTarget;
  readonly eventsUrl: string;
  /** The port that the device calls its own; null where it tells none. */
  readonly ownPort: string | null;
  readonly form: LifeForm;
  /** The device's time now, as well as it is known, UTC milliseconds. */
  readonly deviceNowMs: () => number;
  /** Ends whatever is under way, except the unsubscription. */
  readonly signal: AbortSignal;
}

/** The calls for one device. */
export const createPullPointCalls = ({
  soap,
  target,
  eventsUrl,
  ownPort,
  form,
  deviceNowMs,
  signal,
}: PullPointDeps): PullPointCalls => {
  const life = (): string =>
    form === 'duration'
      ? `PT${lifeSeconds}S`
      : new Date(deviceNowMs() + lifeSeconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
  const to = (subscription: Subscription, action: string) => ({
    target,
    url: subscription.url,
    action,
    header: `${addressing(action, subscription.toldAddress)}${subscription.referenceHeader}`,
  });
  const nothing = (result: Result<XmlNode, DeviceFault>): Result<null, DeviceFault> => (result.ok ? ok(null) : result);
  return {
    create: async () => {
      const action = `${events}/CreatePullPointSubscriptionRequest`;
      const reply = await soap.call({
        target,
        url: eventsUrl,
        action,
        header: addressing(action, eventsUrl),
        body: `<CreatePullPointSubscription xmlns="${ns.events}"><InitialTerminationTime>${life()}</InitialTerminationTime></CreatePullPointSubscription>`,
        expect: { name: 'CreatePullPointSubscriptionResponse', namespaces: [ns.events] },
        signal,
      });
      if (!reply.ok) return reply;
      const reference = child(reply.value, 'SubscriptionReference');
      const toldAddress = child(reference, 'Address', ns.wsa, ns.wsa2004)?.text;
      const url = serviceAddress(toldAddress, target.address, ownPort);
      if (toldAddress === undefined || url === null)
        return err({ kind: 'malformed', detail: 'subscription without an address' });
      const referenceHeader = at(reference, 'ReferenceParameters')?.children.slice(0, 8).map(asHeader).join('') ?? '';
      const ended = toldLife(reply.value);
      // It was understood as no time at all: it would be lost as soon as it is made.
      if (ended !== null && ended <= 0)
        return err({ kind: 'malformed', detail: 'subscription that has ended already' });
      return ok({ url, toldAddress, referenceHeader, lifeMs: lifeOf(reply.value) });
    },
    synchronise: async (subscription) =>
      nothing(
        await soap.call({
          ...to(subscription, `${pullPoint}/SetSynchronizationPointRequest`),
          body: `<SetSynchronizationPoint xmlns="${ns.events}"/>`,
          expect: { name: 'SetSynchronizationPointResponse', namespaces: [ns.events] },
          signal,
        }),
      ),
    pull: async (subscription, waitSeconds, graceMs) => {
      const reply = await soap.call({
        ...to(subscription, `${pullPoint}/PullMessagesRequest`),
        body: `<PullMessages xmlns="${ns.events}"><Timeout>PT${waitSeconds}S</Timeout><MessageLimit>${messageLimit}</MessageLimit></PullMessages>`,
        expect: { name: 'PullMessagesResponse', namespaces: [ns.events] },
        timeoutMs: waitSeconds * 1000 + graceMs,
        maxBytes: maxPullBytes,
        signal,
      });
      if (!reply.ok) return reply;
      const told = readDateTime(child(reply.value, 'CurrentTime')?.text);
      // In whatever namespace: one that cannot be read is told as unrecognised, and not passed over.
      return ok({ notifications: children(reply.value, 'NotificationMessage'), deviceNowMs: told });
    },
    renew: async (subscription) => {
      const reply = await soap.call({
        ...to(subscription, `${manager}/RenewRequest`),
        body: `<Renew xmlns="${ns.wsnt}"><TerminationTime>${life()}</TerminationTime></Renew>`,
        expect: { name: 'RenewResponse', namespaces: [ns.wsnt] },
        signal,
      });
      return reply.ok ? ok(lifeOf(reply.value)) : reply;
    },
    unsubscribe: async (subscription) =>
      nothing(
        await soap.call({
          ...to(subscription, `${manager}/UnsubscribeRequest`),
          body: `<Unsubscribe xmlns="${ns.wsnt}"/>`,
          expect: { name: 'UnsubscribeResponse', namespaces: [ns.wsnt] },
          timeoutMs: 3000,
        }),
      ),
  };
};
