import { describe, expect, it } from 'vitest';
import type { AlarmView, IncidentView } from '../../../electron/contract/views.schema.ts';
import { callsToEverybody, unattended } from './life.rules.ts';

const alarm: AlarmView = {
  alarmId: 'a1',
  cause: 'helpButton',
  priority: 'life',
  sourceId: 'hp',
  raisedAt: 0,
  occurrences: 1,
  lastReportAt: 0,
  clearedAt: null,
  acknowledgedAt: null,
  acknowledgedBy: null,
  incidentId: 'i1',
  active: true,
  acknowledged: false,
  relapses: 0,
  endsWithNote: false,
  details: [],
  cameraIds: [],
};

const incident: IncidentView = {
  incidentId: 'i1',
  kind: 'help',
  alarmId: 'a1',
  sourceId: 'hp',
  openedAt: 0,
  claimedBy: 'li',
  claimedAt: 0,
  recall: null,
  steps: [],
  currentStep: null,
  stepsToCome: 0,
  mayResolve: false,
  allowedResolutions: [],
  phoneListOpen: false,
  phoneListFirst: false,
  calls: [],
  onTheWay: [],
  work: 'inProgress',
  escalation: 'attended',
  escalatesAt: 300_000,
  parkedUntil: null,
  parkReason: null,
  resolution: null,
  resolvedAt: null,
  resolvedBy: null,
  resolutionNote: null,
  reviewedAt: null,
  reviewedBy: null,
  reviewNote: null,
  cameraIds: [],
};
const left: IncidentView = { ...incident, escalation: 'waiting', recall: { why: 'left', since: 0 } };

describe('what is heard at a seat', () => {
  it('is a call that somebody took and left, as one that nobody took', () => {
    const taken = { ...alarm, acknowledged: true };
    expect(unattended(taken, incident)).toBe(false);
    for (const work of ['open', 'claimed', 'inProgress'] as const)
      for (const escalation of ['waiting', 'siren', 'allSeats', 'phoneList'] as const)
        expect(unattended(taken, { ...left, work, escalation })).toBe(true);
  });

  it('is such a call also when the receiver has reported the button restored', () => {
    expect(unattended({ ...alarm, active: false, acknowledged: true, clearedAt: 1 }, left)).toBe(true);
  });

  it('is a life alarm without an incident until somebody has taken note, and nothing that is less', () => {
    expect(unattended(alarm, null)).toBe(true);
    expect(unattended({ ...alarm, acknowledged: true }, null)).toBe(false);
    expect(unattended({ ...alarm, priority: 'high' }, left)).toBe(false);
  });
});

describe('what a muted seat speaks up for again', () => {
  it('is a call that was left, and every round in which all seats are called', () => {
    expect(callsToEverybody([incident])).toEqual([]);
    expect(callsToEverybody([{ ...left, claimedBy: null }])).toEqual([]);
    expect(callsToEverybody([left])).toEqual(['i1 again']);
    const rounds = (['allSeats', 'phoneList', 'allSeats'] as const).map(
      (escalation) => callsToEverybody([{ ...left, escalation }])[0],
    );
    expect(rounds[0]).not.toBe(rounds[1]);
    expect(rounds[1]).not.toBe(rounds[2]);
  });
});
