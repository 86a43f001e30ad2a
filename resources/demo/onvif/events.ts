/** Pull-point events (ONVIF Core section 9): properties with their last state, subscriptions that end, long polls. */
import { randomUUID } from 'node:crypto';
import { type Fault, type Operation, type Reply, invalid, ns, service } from './soap.ts';
import { type Element, escape, textAt } from './xml.ts';

/** A property event: a topic, what it belongs to, and its state. */
export interface EventProperty {
  /** With the prefix `tns1`. */
  readonly topic: string;
  readonly source: readonly [name: string, value: string];
  readonly data: readonly [name: string, value: string];
}

export interface EventService {
  readonly operations: ReadonlyMap<string, Operation>;
  /** A property's state; told to all subscriptions where it differs from the last one. */
  report(property: EventProperty): void;
  /** Ends all subscriptions without a word, as devices do when they restart. */
  forget(): void;
  close(): void;
}

interface Subscription {
  readonly id: string;
  readonly filter: readonly string[];
  readonly queue: string[];
  endsAt: number;
  wake: (() => void) | undefined;
}

const queueLimit = 200;
const subscriptionLimit = 16;
const longestMs = 600_000;
const longestPollMs = 60_000;

const unknownSubscription: Fault = {
  status: 400,
  codes: ['wsrfr:ResourceUnknownFault'],
  reason: 'This subscription is not known',
};

/** Milliseconds of `PT60S`, `PT1M`, or of an absolute time; undefined where it is neither. */
const termMs = (text: string): number | undefined => {
  const m = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text);
  if (m && text.length > 2)
    return (
      Number(m[1] ?? 0) * 86_400_000 +
      Number(m[2] ?? 0) * 3_600_000 +
      Number(m[3] ?? 0) * 60_000 +
      Number(m[4] ?? 0) * 1000
    );
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at - Date.now();
};

const message = ({ topic, source, data }: EventProperty, operation: 'Initialized' | 'Changed'): string =>
  `<wsnt:NotificationMessage><wsnt:Topic Dialect="http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet">${topic}</wsnt:Topic>` +
  `<wsnt:Message><tt:Message UtcTime="${new Date().toISOString()}" PropertyOperation="${operation}">` +
  `<tt:Source><tt:SimpleItem Name="${source[0]}" Value="${escape(source[1])}"/></tt:Source>` +
  `<tt:Data><tt:SimpleItem Name="${data[0]}" Value="${escape(data[1])}"/></tt:Data></tt:Message></wsnt:Message></wsnt:NotificationMessage>`;

const topicSet = (properties: Iterable<EventProperty>): string => {
  const tree = new Map<string, EventProperty>();
  for (const one of properties) tree.set(one.topic, one);
  const branches = [...tree.values()].map((one) => {
    const [root = '', ...names] = one.topic.replace('tns1:', '').split('/');
    const leaf = `<tt:MessageDescription IsProperty="true"><tt:Source><tt:SimpleItemDescription Name="${one.source[0]}" Type="tt:ReferenceToken"/></tt:Source><tt:Data><tt:SimpleItemDescription Name="${one.data[0]}" Type="xs:boolean" xmlns:xs="http://www.w3.org/2001/XMLSchema"/></tt:Data></tt:MessageDescription>`;
    return {
      root,
      xml: names.reduceRight(
        (inner, name, k) => `<${name}${k === names.length - 1 ? ' wstop:topic="true"' : ''}>${inner}</${name}>`,
        leaf,
      ),
    };
  });
  const roots = [...new Set(branches.map((one) => one.root))];
  return roots
    .map(
      (root) =>
        `<tns1:${root}>${branches
          .filter((one) => one.root === root)
          .map((one) => one.xml)
          .join('')}</tns1:${root}>`,
    )
    .join('');
};

export const createEventService = (initial: readonly EventProperty[]): EventService => {
  const states = new Map<string, EventProperty>(initial.map((one) => [`${one.topic} ${one.source[1]}`, one]));
  const subscriptions = new Map<string, Subscription>();
  const wants = (subscription: Subscription, topic: string): boolean =>
    subscription.filter.length === 0 ||
    subscription.filter.some((one) =>
      one.endsWith('//.') ? topic === one.slice(0, -3) || topic.startsWith(`${one.slice(0, -3)}/`) : topic === one,
    );
  const put = (subscription: Subscription, property: EventProperty, operation: 'Initialized' | 'Changed'): void => {
    if (!wants(subscription, property.topic)) return;
    subscription.queue.push(message(property, operation));
    if (subscription.queue.length > queueLimit) subscription.queue.shift();
    subscription.wake?.();
  };
  const sweep = (): void => {
    for (const one of subscriptions.values()) {
      if (one.endsAt > Date.now()) continue;
      subscriptions.delete(one.id);
      one.wake?.();
    }
  };
  const times = (endsAt: number): string =>
    `<wsnt:CurrentTime>${new Date().toISOString()}</wsnt:CurrentTime><wsnt:TerminationTime>${new Date(endsAt).toISOString()}</wsnt:TerminationTime>`;
  const endOf = (text: string): number | undefined => {
    const wanted = text === '' ? 60_000 : termMs(text);
    return wanted === undefined || wanted <= 0 ? undefined : Date.now() + Math.min(wanted, longestMs);
  };
  const action = (name: string): string => `<wsa:Action>http://www.onvif.org/ver10/events/wsdl/${name}</wsa:Action>`;
  const create: Operation = (request, context) => {
    sweep();
    const endsAt = endOf(textAt(request, 'InitialTerminationTime'));
    if (endsAt === undefined)
      return { fault: invalid('wsnt:UnacceptableInitialTerminationTimeFault', 'The termination time is not accepted') };
    if (subscriptions.size >= subscriptionLimit)
      return { fault: { status: 500, codes: ['ter:MaxPullPointsReached'], reason: 'Too many pull points' } };
    const topics = textAt(request, 'Filter', 'TopicExpression');
    const one: Subscription = {
      id: randomUUID(),
      filter: topics === '' ? [] : topics.split('|').map((t) => t.trim()),
      queue: [],
      endsAt,
      wake: undefined,
    };
    subscriptions.set(one.id, one);
    for (const property of states.values()) put(one, property, 'Initialized');
    return {
      header: action('EventPortType/CreatePullPointSubscriptionResponse'),
      body: `<tev:CreatePullPointSubscriptionResponse><tev:SubscriptionReference><wsa:Address>${context.base}/onvif/subscription/${one.id}</wsa:Address></tev:SubscriptionReference>${times(endsAt)}</tev:CreatePullPointSubscriptionResponse>`,
    };
  };
  const known = (path: string): Subscription | undefined => {
    sweep();
    return subscriptions.get(path.split('/').at(-1) ?? '');
  };
  const pull = async (request: Element, context: { path: string; gone: AbortSignal }): Promise<Reply> => {
    const one = known(context.path);
    if (!one) return { fault: unknownSubscription };
    const [timeout, limit] = [termMs(textAt(request, 'Timeout')), Number(textAt(request, 'MessageLimit'))];
    if (timeout === undefined || !Number.isInteger(limit) || limit < 1)
      return { fault: invalid('ter:InvalidArgs', 'Timeout and MessageLimit are needed') };
    // A client that still pulls is alive: its subscription lasts at least beyond this answer.
    const waits = Math.min(timeout, longestPollMs);
    one.endsAt = Math.max(one.endsAt, Date.now() + waits + 10_000);
    one.wake?.();
    if (one.queue.length === 0) {
      await new Promise<void>((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          context.gone.removeEventListener('abort', done);
          one.wake = undefined;
          resolve();
        };
        const timer = setTimeout(done, waits);
        context.gone.addEventListener('abort', done);
        one.wake = done;
      });
    }
    if (context.gone.aborted) return { silence: true };
    if (!subscriptions.has(one.id)) return { fault: unknownSubscription };
    const messages = one.queue.splice(0, Math.min(limit, 50)).join('');
    return {
      header: action('PullPointSubscription/PullMessagesResponse'),
      body: `<tev:PullMessagesResponse>${times(one.endsAt).replaceAll('wsnt:', 'tev:')}${messages}</tev:PullMessagesResponse>`,
    };
  };
  const operations = new Map([
    ...service(ns.tev, {
      CreatePullPointSubscription: create,
      PullMessages: pull,
      SetSynchronizationPoint: (_, context) => {
        const one = known(context.path);
        if (!one) return { fault: unknownSubscription };
        for (const property of states.values()) put(one, property, 'Initialized');
        return { body: '<tev:SetSynchronizationPointResponse/>' };
      },
      GetEventProperties: () => ({
        body: `<tev:GetEventPropertiesResponse><tev:TopicNamespaceLocation>http://www.onvif.org/onvif/ver10/topics/topicns.xml</tev:TopicNamespaceLocation><wsnt:FixedTopicSet>true</wsnt:FixedTopicSet><wstop:TopicSet>${topicSet(states.values())}</wstop:TopicSet><wsnt:TopicExpressionDialect>http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet</wsnt:TopicExpressionDialect><tev:MessageContentFilterDialect>http://www.onvif.org/ver10/tev/messageContentFilter/ItemFilter</tev:MessageContentFilterDialect><tev:MessageContentSchemaLocation>http://www.onvif.org/onvif/ver10/schema/onvif.xsd</tev:MessageContentSchemaLocation></tev:GetEventPropertiesResponse>`,
      }),
      GetServiceCapabilities: () => ({
        body: `<tev:GetServiceCapabilitiesResponse><tev:Capabilities WSSubscriptionPolicySupport="false" WSPausableSubscriptionManagerInterfaceSupport="false" MaxPullPoints="${subscriptionLimit}"/></tev:GetServiceCapabilitiesResponse>`,
      }),
    }),
    ...service(ns.wsnt, {
      Renew: (request, context) => {
        const [one, endsAt] = [known(context.path), endOf(textAt(request, 'TerminationTime'))];
        if (!one) return { fault: unknownSubscription };
        if (endsAt === undefined)
          return { fault: invalid('wsnt:UnacceptableTerminationTimeFault', 'The termination time is not accepted') };
        one.endsAt = endsAt;
        return {
          body: `<wsnt:RenewResponse>${times(endsAt).replace(/(<wsnt:CurrentTime>.*<\/wsnt:CurrentTime>)(.*)/, '$2$1')}</wsnt:RenewResponse>`,
        };
      },
      Unsubscribe: (_, context) => {
        const one = known(context.path);
        if (!one) return { fault: unknownSubscription };
        subscriptions.delete(one.id);
        one.wake?.();
        return { body: '<wsnt:UnsubscribeResponse/>' };
      },
    }),
  ]);
  const forget = (): void => {
    const all = [...subscriptions.values()];
    subscriptions.clear();
    for (const one of all) one.wake?.();
  };
  return {
    operations,
    report: (property) => {
      const key = `${property.topic} ${property.source[1]}`;
      if (states.get(key)?.data[1] === property.data[1]) return;
      states.set(key, property);
      for (const one of subscriptions.values()) put(one, property, 'Changed');
    },
    forget,
    close: forget,
  };
};
