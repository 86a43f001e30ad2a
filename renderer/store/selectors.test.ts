import { describe, expect, it } from 'vitest';
import type { AlarmView } from '../../electron/contract/views.schema.ts';
import { isRecovered, openAlarms } from './selectors.ts';

const alarm = (alarmId: string, more: Partial<AlarmView> = {}): AlarmView => ({
  alarmId,
  cause: 'cameraLost',
  priority: 'medium',
  sourceId: 'camera-1',
  raisedAt: 1000,
  occurrences: 1,
  relapses: 0,
  endsWithNote: false,
  details: [],
  lastReportAt: 1000,
  clearedAt: null,
  acknowledgedAt: null,
  acknowledgedBy: null,
  incidentId: null,
  active: true,
  acknowledged: false,
  cameraIds: [],
  ...more,
});
const life = (alarmId: string, more: Partial<AlarmView> = {}): AlarmView =>
  alarm(alarmId, { cause: 'helpButton', priority: 'life', incidentId: `incident-of-${alarmId}`, ...more });
const order = (...alarms: readonly AlarmView[]): readonly string[] =>
  openAlarms(new Map(alarms.map((one) => [one.alarmId, one]))).map(({ alarmId }) => alarmId);

describe('open alarms', () => {
  it('keep a call whose button was restored and that somebody has taken: only the station ends it', () => {
    expect(order(life('call', { active: false, clearedAt: 2000, acknowledged: true }))).toEqual(['call']);
  });

  it('have life first, then the one that waits longest', () => {
    expect(
      order(alarm('camera', { raisedAt: 1 }), life('second', { raisedAt: 9 }), life('first', { raisedAt: 5 })),
    ).toEqual(['first', 'second', 'camera']);
  });

  it('have the call that nobody has taken before an older one that somebody has', () => {
    expect(order(life('taken', { raisedAt: 1, acknowledged: true }), life('new', { raisedAt: 9 }))).toEqual([
      'new',
      'taken',
    ]);
  });

  it('let what has recovered step back behind everything that is still there', () => {
    const recovered = alarm('recovered', { priority: 'high', active: false, clearedAt: 2000 });
    expect(order(recovered, alarm('there', { priority: 'low' }))).toEqual(['there', 'recovered']);
    expect(isRecovered(recovered)).toBe(true);
  });

  it('never call a life recovered', () => {
    const restored = life('call', { active: false, clearedAt: 2000 });
    expect(isRecovered(restored)).toBe(false);
    expect(order(alarm('camera', { priority: 'high' }), restored)).toEqual(['call', 'camera']);
  });
});
