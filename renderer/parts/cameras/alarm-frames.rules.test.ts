import { describe, expect, it } from 'vitest';
import type { AlarmView } from '../../../electron/contract/views.schema.ts';
import { alarmFrames, shareOut } from './alarm-frames.rules.ts';

const alarm = (alarmId: string, priority: AlarmView['priority'], ...cameraIds: string[]): AlarmView => ({
  alarmId,
  cause: priority === 'life' ? 'helpButton' : 'cameraTamper',
  priority,
  sourceId: alarmId,
  raisedAt: 0,
  occurrences: 1,
  relapses: 0,
  endsWithNote: false,
  details: [],
  lastReportAt: 0,
  clearedAt: null,
  acknowledgedAt: null,
  acknowledgedBy: null,
  incidentId: null,
  active: true,
  acknowledged: false,
  cameraIds,
});

describe('the pictures of two calls', () => {
  it('take turns, so that the second call is on the wall however many cameras the first has', () => {
    expect(
      shareOut(
        [
          ['a1', 'a2', 'a3', 'a4'],
          ['b1', 'b2'],
        ],
        4,
      ),
    ).toEqual(['a1', 'a2', 'b1', 'b2', 'a3', 'a4']);
    expect(shareOut([['a1', 'a2', 'a3', 'a4'], ['b1'], ['c1']], 4)).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'a4']);
  });

  it('are each shown once where they share a camera', () => {
    expect(
      shareOut(
        [
          ['stairs', 'door'],
          ['stairs', 'lane'],
        ],
        4,
      ),
    ).toEqual(['stairs', 'door', 'lane']);
  });

  it('are told apart: whole frames of the call before the person, broken ones of the other', () => {
    const frames = alarmFrames([alarm('first', 'life', 'a'), alarm('second', 'life', 'b')], 'second');
    expect(frames.get('b')).toEqual({ priority: 'life', alarmIds: ['second'], current: true });
    expect(frames.get('a')).toEqual({ priority: 'life', alarmIds: ['first'], current: false });
  });

  it('name both calls on a camera that sees both places', () => {
    const frames = alarmFrames([alarm('first', 'life', 'stairs'), alarm('second', 'life', 'stairs')], null);
    expect(frames.get('stairs')).toEqual({ priority: 'life', alarmIds: ['first', 'second'], current: true });
  });
});

describe('the picture of a lesser alarm', () => {
  it('comes up only while that alarm is before the person, and has the frame of its own priority', () => {
    const open = [alarm('call', 'life', 'a'), alarm('covered', 'medium', 'c')];
    expect(alarmFrames(open, null).has('c')).toBe(false);
    expect(alarmFrames(open, 'covered').get('c')).toMatchObject({ priority: 'medium', current: true });
    expect(alarmFrames(open, 'covered').get('a')).toMatchObject({ priority: 'life', current: false });
  });
});
