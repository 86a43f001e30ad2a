import { fuzz } from '../../tests/support/long.ts';
import { parseOnvifXml } from './onvif-xml.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { envelope, item, notification } from '../../tests/support/soap-device.ts';
import { detectorOf, readNotification } from './topics.ts';
import { at } from '../kit/xml.ts';

const nowMs = Date.UTC(2026, 10, 21, 20, 0, 0);
const read = (xml: string, deviceNowMs: number | null = nowMs) => {
  const parsed = parseOnvifXml(envelope(xml));
  const node = parsed.ok ? at(parsed.value, 'Body', 'NotificationMessage') : null;
  if (node === null) throw new Error('no notification');
  return readNotification(node, { nowMs, deviceNowMs });
};
const source = item('VideoSourceConfigurationToken', 'cam');
const time = '2026-11-21T19:59:58Z';

describe('topics', () => {
  it.each([
    ['tns1:VideoSource/MotionAlarm', item('State', 'true')],
    ['tns1:RuleEngine/CellMotionDetector/Motion', item('IsMotion', 'true')],
    ['tns1:RuleEngine/MotionRegionDetector/Motion', item('State', '1')],
    ['tns1:RuleEngine/FieldDetector/ObjectsInside', `${item('ObjectId', '7')}${item('IsInside', 'true')}`],
    ['tns1:RuleEngine/LineDetector/Crossed', item('ObjectId', '7')],
    ['RuleEngine/CellMotionDetector/Motion', item('IsMotion', 'TRUE')],
    ['tns1:RuleEngine/tns1:CellMotionDetector/tns1:Motion', item('IsMotion', 'true')],
  ])('%s is motion', (topic, data) => {
    expect(read(notification(topic, source, data, 'Changed', time))).toEqual({
      kind: 'motion',
      source: 'cam',
      active: true,
      atMs: nowMs - 2000,
    });
  });

  it.each([
    'tns1:RuleEngine/TamperDetector/Tamper',
    'tns1:VideoSource/GlobalSceneChange/AnalyticsService',
    'tns1:VideoSource/GlobalSceneChange/ImagingService',
    'tns1:VideoSource/ImageTooBlurry/ImagingService',
    'tns1:VideoSource/ImageTooDark/AnalyticsService',
    'tns1:VideoSource/ImageTooBright/RecordingService',
  ])('%s is tamper', (topic) => {
    expect(read(notification(topic, source, item('State', 'false'), 'Changed', time))).toEqual({
      kind: 'tamper',
      source: 'cam',
      active: false,
      atMs: nowMs - 2000,
    });
  });

  it.each([
    ['tns1:Device/tnshik:AlarmIn', item('AlarmInToken', 'AlarmIn_1'), item('State', 'true'), 'AlarmIn_1'],
    ['tns1:Device/tnsaxis:IO/Port', item('port', '1'), item('state', '1'), '1'],
  ])("%s, a maker's own topic, is a contact", (topic, from, data, token) => {
    expect(read(notification(topic, from, data, 'Changed', time))).toEqual({
      kind: 'digitalInput',
      token,
      active: true,
      atMs: nowMs - 2000,
      initial: false,
    });
  });

  it('tells detectors apart by topic, rule and source, in whatever order the source names them', () => {
    const of = (topic: string, from: string) => {
      const parsed = parseOnvifXml(envelope(notification(topic, from, item('State', '1'))));
      const node = parsed.ok ? at(parsed.value, 'Body', 'NotificationMessage') : null;
      return node === null ? null : detectorOf(node);
    };
    const rule = (name: string) => `${source}${item('Rule', name)}`;
    expect(of('tns1:A/B', rule('1'))).not.toBe(of('tns1:A/B', rule('2')));
    expect(of('tns1:A/B', rule('1'))).not.toBe(of('tns1:A/C', rule('1')));
    expect(of('tns1:A/B', rule('1'))).toBe(of('tns1:A/B', `${item('Rule', '1')}${source}`));
    expect(of('tns1:RuleEngine/LineDetector/Crossed', source)).toBe('');
  });

  it('tells contacts, and whether it was their first word', () => {
    const input = (operation: string, value: string) =>
      read(
        notification(
          'tns1:Device/Trigger/DigitalInput',
          item('InputToken', 'in1'),
          item('LogicalState', value),
          operation,
          time,
        ),
      );
    expect(input('Initialized', 'true')).toMatchObject({
      kind: 'digitalInput',
      token: 'in1',
      active: true,
      initial: true,
    });
    expect(input('Changed', '0')).toMatchObject({ kind: 'digitalInput', token: 'in1', active: false, initial: false });
    expect(input('Deleted', 'true')).toMatchObject({ kind: 'unrecognised' });
    expect(
      read(notification('tns1:Device/Trigger/Relay', item('RelayToken', 'r1'), item('LogicalState', 'inactive'))),
    ).toMatchObject({
      kind: 'relay',
      token: 'r1',
      active: false,
    });
  });

  it('ends motion and tamper that the device deletes', () => {
    expect(read(notification('tns1:VideoSource/MotionAlarm', source, item('State', 'true'), 'Deleted'))).toMatchObject({
      kind: 'motion',
      active: false,
    });
  });

  it.each([
    'tns1:AudioAnalytics/Audio/DetectedSound',
    'tns1:RuleEngine/Recognition/LicensePlate',
    'tns1:Device/HardwareFailure/StorageFailure',
    '',
  ])('%s is not recognised, and says its topic', (topic) => {
    expect(read(notification(topic, source, item('State', 'true')))).toMatchObject({ kind: 'unrecognised', topic });
  });

  it("does not take another vendor's tree for ONVIF's, nor a message of another namespace", () => {
    const foreign = notification('v:VideoSource/MotionAlarm', source, item('State', 'true'));
    expect(read(foreign.replace('<wsnt:Topic ', '<wsnt:Topic xmlns:v="urn:vendor" '))).toMatchObject({
      kind: 'unrecognised',
    });
    const wrong = notification('tns1:VideoSource/MotionAlarm', source, item('State', 'true')).replace(
      '<tt:Message ',
      '<tt:Message xmlns:tt="urn:other" ',
    );
    expect(read(wrong)).toMatchObject({ kind: 'unrecognised' });
    expect(read(notification('tns1:VideoSource/MotionAlarm', source, item('Level', '55')))).toMatchObject({
      kind: 'unrecognised',
    });
  });

  it("places times by their age, whatever the device's clock, and tolerates none", () => {
    const motion = (at: string, deviceNowMs: number | null) =>
      read(notification('tns1:VideoSource/MotionAlarm', source, item('State', '1'), 'Changed', at), deviceNowMs).atMs;
    const yearAgo = nowMs - 365 * 86_400_000;
    expect(motion(new Date(yearAgo - 3000).toISOString(), yearAgo)).toBe(nowMs - 3000);
    expect(motion('0000-00-00T00:00:00Z', nowMs)).toBe(nowMs);
    expect(motion('2026-11-21T19:00:00', null)).toBe(nowMs);
    expect(motion('2031-01-01T00:00:00Z', nowMs)).toBe(nowMs);
    expect(motion('2020-01-01T00:00:00Z', nowMs)).toBe(nowMs);
  });

  it('never throws', () => {
    const word = fc.constantFrom(
      'tns1:',
      'VideoSource/MotionAlarm',
      '/',
      ':',
      'Device/Trigger/DigitalInput',
      'State',
      '1',
      '',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), word, word, (topic, name, value) => {
        expect(read(notification(topic.join(''), item(name, value), item(value, name)))).toHaveProperty('kind');
      }),
      fuzz(100, 50_000),
    );
  });
});
