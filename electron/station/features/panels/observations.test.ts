import { describe, expect, it } from 'vitest';
import {
  createTestStation,
  createWorld,
  pass,
  pressHelp,
  refusalOf,
  seatOf,
  settle,
  type TestStation,
  valueOf,
} from '../../../../tests/support/station-harness.ts';
import { seconds } from '../../../domain/kernel/time.ts';

const press = { code: 'QA', protocol: 'SIA-DCS', meaning: 'help', restored: false } as const;
const alarms = (test: TestStation) => test.manager.rows('alarms');

describe('a help button', () => {
  it('is one life alarm with one incident, however often it is pressed', async () => {
    const test = await createTestStation();
    for (let times = 0; times < 3; times += 1) expect(pressHelp(test)).toBe('ACK');
    expect(alarms(test)).toEqual([
      expect.objectContaining({ cause: 'helpButton', priority: 'life', sourceId: 'hp502', occurrences: 3 }),
    ]);
    expect(test.manager.rows('incidents')).toHaveLength(1);
  });

  it('of which nobody ever heard is an alarm all the same, of its receiver, with the place it named', async () => {
    const test = await createTestStation();
    test.panels.sendEvent({ account: '4F39', zone: '77', ...press });
    expect(alarms(test)).toEqual([
      expect.objectContaining({ cause: 'unknownZone', priority: 'life', sourceId: '4F39', details: ['help/77'] }),
    ]);
    expect(test.manager.rows('incidents')).toHaveLength(1);
  });

  it('is found whether the panel writes zone 3 or 003', async () => {
    const test = await createTestStation();
    test.panels.sendEvent({ account: '4F39', zone: '003', ...press, protocol: 'ADM-CID' });
    expect(alarms(test)).toEqual([expect.objectContaining({ sourceId: 'hp502' })]);
    const taken = {
      helpPointId: null,
      place: 'x',
      residentName: null,
      account: '4f39',
      zone: '03',
      supervisionMs: 60_000,
      cameraIds: [],
    };
    expect(refusalOf(await test.manager.command('addHelpPoint', taken))).toBe('zoneTaken');
  });

  it('pressed after its incident was resolved is a new alarm and a new incident', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    pressHelp(test);
    const { incidentId } = seat.rows('incidents')[0] ?? { incidentId: '' };
    valueOf(await seat.command('claimIncident', { incidentId }));
    valueOf(await seat.command('answerStep', { incidentId, step: 'reach', answer: 'answered' }));
    valueOf(await seat.command('resolveIncident', { incidentId, resolution: 'falseAlarm', note: null }));
    expect(alarms(test)).toEqual([]);
    pressHelp(test);
    expect(alarms(test)).toHaveLength(1);
    expect(seat.rows('incidents').filter(({ work }) => work === 'open')).toHaveLength(1);
  });

  it('restored by the panel clears the alarm, and the incident goes on', async () => {
    const test = await createTestStation();
    pressHelp(test);
    pressHelp(test, true);
    expect(alarms(test)).toEqual([expect.objectContaining({ active: false, acknowledged: false })]);
    expect(test.manager.rows('incidents')[0]?.work).toBe('open');
  });

  it('is acknowledged to the panel after the commit and never without one', async () => {
    const test = await createTestStation();
    test.journal.failNext({ kind: 'diskFull' });
    expect(pressHelp(test)).toBe('NAK');
    expect(test.journal.rows('alarms')).toEqual([]);
    expect(pressHelp(test)).toBe('ACK');
    expect(test.journal.rows('alarms')).toHaveLength(1);
  });

  it('is acknowledged before any seat hears of it', async () => {
    const world = createWorld();
    const { panels } = world.deps;
    let look = (): unknown => undefined;
    const atAck: unknown[] = [];
    const onReport: typeof panels.onReport = (listener) =>
      panels.onReport((report) => {
        const answer = listener(report);
        if (report.kind === 'event') atAck.push(answer, look());
        return answer;
      });
    const test = await createTestStation({ ...world, deps: { ...world.deps, panels: { ...panels, onReport } } });
    look = () => [test.journal.rows('alarms').length, alarms(test).length];
    pressHelp(test);
    expect(atAck).toEqual(['committed', [1, 0]]);
    expect(look()).toEqual([1, 1]);
  });

  it('keeps who reported it and when', async () => {
    const test = await createTestStation();
    pressHelp(test);
    const fact = test.journal.facts(0, 1000).find(({ type }) => type === 'v1.AlarmRaised');
    expect(fact).toMatchObject({
      actor: 'device:4F39',
      occurredAt: test.clock.nowMs(),
      recordedAt: test.clock.nowMs(),
    });
  });
});

describe('a panel', () => {
  it('that falls silent is an alarm, and that speaks again clears it', async () => {
    const test = await createTestStation();
    test.panels.sendAlive('4F39');
    await pass(test.clock, seconds(61));
    expect(alarms(test)).toEqual([
      expect.objectContaining({ cause: 'panelSilent', priority: 'high', sourceId: '4F39', active: true }),
    ]);
    expect(test.panels.sendAlive('4F39')).toBe('ACK');
    expect(alarms(test)).toEqual([expect.objectContaining({ cause: 'panelSilent', active: false })]);
  });

  it('whose silence storage did not take is reported when it does', async () => {
    const test = await createTestStation();
    test.panels.sendAlive('4F39');
    await pass(test.clock, seconds(59));
    test.journal.failNext({ kind: 'diskFull' });
    test.clock.advance(seconds(1));
    await settle();
    await pass(test.clock, seconds(6));
    expect(alarms(test)).toEqual([expect.objectContaining({ cause: 'panelSilent' })]);
  });

  it('that reports a test or a fault is in the log and no alarm', async () => {
    const test = await createTestStation();
    test.panels.sendEvent({ account: '4F39', zone: '3', ...press, code: 'RP', meaning: 'test' });
    expect(alarms(test)).toEqual([]);
    expect(test.manager.rows('log').at(-1)).toMatchObject({
      type: 'v1.PanelReported',
      body: { code: 'RP', meaning: 'test' },
    });
  });

  it('that speaks again before its silence could be written is not called silent', async () => {
    const test = await createTestStation();
    test.panels.sendAlive('4F39');
    await pass(test.clock, 59_950, 50);
    test.journal.failNext({ kind: 'diskFull' });
    await pass(test.clock, 100, 100);
    expect(test.log.lines.some((line) => line.includes('storage takes no entries'))).toBe(true);
    test.panels.sendAlive('4F39');
    await pass(test.clock, seconds(10));
    expect(
      test.journal
        .facts(0, 1000)
        .filter(({ type, body }) => type === 'v1.AlarmRaised' && body['cause'] === 'panelSilent'),
    ).toEqual([]);
  });

  it('that is not understood is counted and logged, not once for each', async () => {
    const test = await createTestStation();
    for (let times = 0; times < 25; times += 1) test.panels.sendAlive('BEEF');
    expect(test.log.lines.filter((line) => line.includes('not understood'))).toHaveLength(2);
  });
});

describe('a camera', () => {
  const report = (state: 'live' | 'stalled' | 'offline', quality: 'main' | 'sub' = 'main') =>
    ({
      cameraId: 'stairs',
      quality,
      state,
      sinceMs: 0,
      fault: state === 'live' ? null : 'noFrames',
      codec: null,
      width: null,
      height: null,
    }) as const;

  it('that stands still shows since when, and is an alarm after half a minute', async () => {
    const test = await createTestStation();
    test.video.report(report('stalled'));
    expect(test.manager.rows('cameras').find(({ cameraId }) => cameraId === 'stairs')).toMatchObject({
      state: 'stalled',
      fault: 'noFrames',
    });
    await pass(test.clock, seconds(31));
    expect(alarms(test)).toEqual([
      expect.objectContaining({ cause: 'cameraLost', sourceId: 'stairs', cameraIds: ['stairs'] }),
    ]);
    test.video.report(report('live'));
    expect(alarms(test)).toEqual([expect.objectContaining({ active: false })]);
  });

  it('that comes and goes is one alarm that says so, however often', async () => {
    const test = await createTestStation();
    const lost = () => alarms(test).filter(({ sourceId }) => sourceId === 'stairs');
    for (let times = 0; times < 135; times += 1) {
      test.video.report(report('stalled'));
      await pass(test.clock, seconds(31), seconds(31));
      test.video.report(report('live'));
      await pass(test.clock, seconds(1));
    }
    expect(lost()).toEqual([
      expect.objectContaining({
        cause: 'cameraLost',
        sourceId: 'stairs',
        active: false,
        occurrences: 135,
        relapses: 134,
      }),
    ]);
    test.video.report(report('stalled'));
    await pass(test.clock, seconds(31), seconds(31));
    expect(lost()).toEqual([expect.objectContaining({ active: true, relapses: 135 })]);
  });

  it('is judged by the stream that is watched, not by one that a seat opened', async () => {
    const test = await createTestStation();
    test.video.report(report('stalled', 'sub'));
    expect(test.manager.rows('cameras').find(({ cameraId }) => cameraId === 'stairs')?.state).toBe('live');
  });

  it('whose report storage did not take is written when it can be, the newest only', async () => {
    const test = await createTestStation();
    test.journal.failNext({ kind: 'diskFull' });
    test.video.report(report('stalled'));
    test.journal.failNext({ kind: 'diskFull' });
    test.video.report(report('offline'));
    await pass(test.clock, seconds(6));
    expect(test.manager.rows('cameras').find(({ cameraId }) => cameraId === 'stairs')?.state).toBe('offline');
    expect(test.journal.facts(0, 1000).filter(({ type }) => type === 'v1.CameraConnectionChanged')).toHaveLength(3);
  });

  it('that is covered is an alarm, and the end of it clears that', async () => {
    const test = await createTestStation();
    const address = 'http://192.0.2.1/onvif/device_service';
    test.onvif.emit(address, { kind: 'tamper', source: 'v', active: true, atMs: test.clock.nowMs() });
    expect(alarms(test)).toEqual([expect.objectContaining({ cause: 'cameraTamper', sourceId: 'gate', active: true })]);
    test.onvif.emit(address, { kind: 'tamper', source: 'v', active: false, atMs: test.clock.nowMs() });
    expect(alarms(test)).toEqual([expect.objectContaining({ active: false })]);
    test.onvif.emit(address, { kind: 'unrecognised', topic: 'tns1:Odd/Thing', atMs: test.clock.nowMs() });
    expect(test.log.lines.some((line) => line.includes('tns1:Odd/Thing'))).toBe(true);
  });
});

describe('a barrier', () => {
  it('moved by hand is seen where it is', async () => {
    const test = await createTestStation();
    expect(test.manager.rows('barriers')[0]).toMatchObject({ position: 'closed', positionSource: 'sensor' });
    test.barriers.setLink('north', false);
    expect(test.manager.rows('barriers')[0]).toMatchObject({ position: 'unknown' });
  });
});

describe('what is set up', () => {
  it('reaches the ports at once, and again after a change', async () => {
    const test = await createTestStation();
    expect(test.video.sources()).toEqual([
      expect.objectContaining({ cameraId: 'gate', password: 'camera-secret-1' }),
      expect.objectContaining({ cameraId: 'stairs' }),
    ]);
    const camera = {
      cameraId: 'stairs',
      name: '3栋楼道',
      place: '北门',
      onvifAddress: null,
      subUrl: null,
      username: 'admin',
    } as const;
    valueOf(await test.manager.command('addCamera', { ...camera, mainUrl: 'rtsp://192.0.2.9/main', password: null }));
    expect(test.video.sources()[1]).toMatchObject({ mainUrl: 'rtsp://192.0.2.9/main', password: 'camera-secret-1' });
  });
});
