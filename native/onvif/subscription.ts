import { randomUUID } from 'node:crypto';
import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import type { DeviceFault, OnvifTarget } from '../../electron/station/ports/devices.port.ts';
import { serviceAddress } from './addresses.ts';
import { readDateTime } from './device-time.ts';
import { ns } from './namespaces.ts';
import type { SoapClient } from './soap.ts';
import type { PullTimes } from './topics.ts';
import { at, child, children, escapeXml, type XmlNode } from './xml.ts';

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

const lifeOf = (response: XmlNode): number => {
  const end = readDateTime(child(response, 'TerminationTime')?.text);
  const now = readDateTime(child(response, 'CurrentTime')?.text);
  const told = end === null || now === null ? lifeSeconds * 1000 : end - now;
  return Math.min(Math.max(told, 10_000), 3_600_000);
};

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

/** The calls for one device. `signal` ends whatever is under way, except the unsubscription. */
export const createPullPointCalls = (
  soap: SoapClient,
  target: OnvifTarget,
  eventsUrl: string,
  signal: AbortSignal,
): PullPointCalls => {
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
        body: `<CreatePullPointSubscription xmlns="${ns.events}"><InitialTerminationTime>PT${lifeSeconds}S</InitialTerminationTime></CreatePullPointSubscription>`,
        expect: { name: 'CreatePullPointSubscriptionResponse', namespaces: [ns.events] },
        signal,
      });
      if (!reply.ok) return reply;
      const reference = child(reply.value, 'SubscriptionReference');
      const toldAddress = child(reference, 'Address', ns.wsa, ns.wsa2004)?.text;
      const url = serviceAddress(toldAddress, target.address);
      if (toldAddress === undefined || url === null)
        return err({ kind: 'malformed', detail: 'subscription without an address' });
      const referenceHeader = at(reference, 'ReferenceParameters')?.children.slice(0, 8).map(asHeader).join('') ?? '';
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
      const deviceNowMs = readDateTime(child(reply.value, 'CurrentTime')?.text);
      return ok({ notifications: children(reply.value, 'NotificationMessage', ns.wsnt), deviceNowMs });
    },
    renew: async (subscription) => {
      const reply = await soap.call({
        ...to(subscription, `${manager}/RenewRequest`),
        body: `<Renew xmlns="${ns.wsnt}"><TerminationTime>PT${lifeSeconds}S</TerminationTime></Renew>`,
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
