import type { DeviceEvent } from '../../electron/station/ports/devices.port.ts';
import { readDateTime } from './device-time.ts';
import { ns } from './namespaces.ts';
import { at, child, children, type XmlNode } from '../kit/xml.ts';

type Kind = Exclude<DeviceEvent['kind'], 'unrecognised'>;

/** It has no state, only the object that crossed. */
const crossed = 'RuleEngine/LineDetector/Crossed';

/** Topics (prefixes dropped) and what they mean; a trailing `/` stands for everything below. Sources: ONVIF imaging, analytics and DeviceIO specifications. */
const topics: readonly (readonly [topic: string, kind: Kind])[] = [
  ['VideoSource/MotionAlarm', 'motion'],
  ['RuleEngine/CellMotionDetector/Motion', 'motion'],
  ['RuleEngine/MotionRegionDetector/Motion', 'motion'],
  ['RuleEngine/FieldDetector/ObjectsInside', 'motion'],
  [crossed, 'motion'],
  ['RuleEngine/TamperDetector/Tamper', 'tamper'],
  ['VideoSource/GlobalSceneChange/', 'tamper'],
  ['VideoSource/ImageTooBlurry/', 'tamper'],
  ['VideoSource/ImageTooDark/', 'tamper'],
  ['VideoSource/ImageTooBright/', 'tamper'],
  ['Device/Trigger/DigitalInput', 'digitalInput'],
  ['Device/Trigger/Relay', 'relay'],
  // Makers' own topics below ONVIF's roots (`tns1:Device/tnshik:AlarmIn`): seen in home-assistant 83510, 140491 and in makers' guides.
  ['Device/AlarmIn', 'digitalInput'],
  ['Device/IO/Port', 'digitalInput'],
  ['Device/IO/VirtualInput', 'digitalInput'],
  ['Device/Trigger/AlarmIn', 'digitalInput'],
  ['VideoAnalytics/MotionDetection', 'motion'],
  ['VideoAnalytics/Motion', 'motion'],
  ['RuleEngine/MotionDetection', 'motion'],
  ['VideoSource/MotionDetection', 'motion'],
  ['VideoSource/Tampering', 'tamper'],
  ['VideoSource/VideoBlind', 'tamper'],
];

const kindOf = (topic: string): Kind | null =>
  topics.find(([known]) => (known.endsWith('/') ? topic.startsWith(known) : topic === known))?.[1] ?? null;

/** The topic without prefixes; null where its prefix is declared as something else than ONVIF's topics. Some cameras forget the declaration. */
const readTopic = (node: XmlNode): string | null => {
  const prefix = node.text.includes(':') ? node.text.slice(0, node.text.indexOf(':')) : '';
  const namespace = node.scope.get(prefix);
  const foreign = prefix !== '' && namespace !== undefined && namespace !== ns.topics;
  return foreign ? null : node.text.replaceAll(/(^|\/)[^/:]*:/g, '$1').slice(0, 200);
};

const simpleItems = (part: XmlNode | null): readonly { readonly name: string; readonly value: string }[] =>
  children(part, 'SimpleItem', ns.schema).map(({ attributes }) => ({
    name: attributes.get('Name') ?? '',
    value: attributes.get('Value') ?? '',
  }));

/** Names of state items seen, most telling first; the rest of a message is ids, levels and counters. */
const stateNames = ['LogicalState', 'State', 'state', 'IsMotion', 'IsInside', 'IsTamper', 'Motion', 'Tamper'];

const readState = (data: XmlNode | null): boolean | null => {
  const items = simpleItems(data);
  const item =
    stateNames.map((name) => items.find((item) => item.name === name)).find((found) => found !== undefined) ?? items[0];
  if (item !== undefined && /^(?:1|true|active|on)$/i.test(item.value)) return true;
  return item !== undefined && /^(?:0|false|inactive|off)$/i.test(item.value) ? false : null;
};

/** The names under which devices put the thing that reports; else the first item (they vary freely). */
const sourceNames = [
  'InputToken',
  'AlarmInToken',
  'port',
  'RelayToken',
  'VideoSourceConfigurationToken',
  'VideoSourceToken',
  'VideoSource',
  'Source',
  'Token',
];

const readSource = (source: XmlNode | null): string => {
  const items = simpleItems(source);
  const named = sourceNames.map((name) => items.find((item) => item.name === name)).find((item) => item !== undefined);
  return (named ?? items[0])?.value.slice(0, 128) ?? '';
};

/**
 * What it is that reports: its topic with the items of its source (the input, the source, the rule). One detector's end says nothing about
 * another's, though both watch the same picture. Empty for a crossed line, which begins and never ends.
 */
export const detectorOf = (notification: XmlNode): string => {
  const topic = child(notification, 'Topic');
  if (topic === null || readTopic(topic) === crossed) return '';
  const message = child(child(notification, 'Message', ns.wsnt), 'Message', ns.schema);
  const source = simpleItems(at(message, 'Source')).map(({ name, value }) => `${name}=${value}`);
  return [topic.text, ...source.toSorted()].join(' ').slice(0, 400);
};

/** The clocks needed to place a device's time on ours. */
export interface PullTimes {
  /** Ours, UTC milliseconds, when the reply came. */
  readonly nowMs: number;
  /** The device's `CurrentTime` in that reply; null where it told none that can be read. */
  readonly deviceNowMs: number | null;
}

/** A device's moment on our clock, by its age; never in the future, never more than an hour old. */
const placeTime = (text: string | undefined, { nowMs, deviceNowMs }: PullTimes): number => {
  const told = readDateTime(text);
  if (told === null || deviceNowMs === null) return nowMs;
  const ageMs = deviceNowMs - told;
  return ageMs > 0 && ageMs <= 3_600_000 ? nowMs - ageMs : nowMs;
};

/** One `wsnt:NotificationMessage` as an event; a known topic with nothing that can be read in it is `unrecognised` too. Never throws. */
export const readNotification = (notification: XmlNode, times: PullTimes): DeviceEvent => {
  const topicNode = child(notification, 'Topic', ns.wsnt);
  const topic = topicNode === null ? null : readTopic(topicNode);
  const message = child(child(notification, 'Message', ns.wsnt), 'Message', ns.schema);
  const atMs = placeTime(message?.attributes.get('UtcTime'), times);
  const unrecognised = (suffix: string): DeviceEvent => ({
    kind: 'unrecognised',
    topic: `${(topicNode?.text ?? '').slice(0, 200)}${suffix}`,
    atMs,
  });
  const kind = topic === null ? null : kindOf(topic);
  if (kind === null || message === null) return unrecognised('');
  const source = readSource(at(message, 'Source'));
  const operation = message.attributes.get('PropertyOperation') ?? '';
  // A crossed line has no state, only the object that crossed it.
  const state = topic === crossed ? true : readState(at(message, 'Data'));
  if (kind === 'motion' || kind === 'tamper') {
    const active = operation === 'Deleted' ? false : state;
    return active === null ? unrecognised(' (no state)') : { kind, source, active, atMs };
  }
  // A contact that no longer exists says nothing about what it watched.
  if (operation === 'Deleted') return unrecognised(' (deleted)');
  if (state === null || source === '') return unrecognised(' (no state)');
  if (kind === 'relay') return { kind, token: source, active: state, atMs };
  return { kind, token: source, active: state, atMs, initial: operation === 'Initialized' };
};
