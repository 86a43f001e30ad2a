import { describe, expect, it } from 'vitest';
import { openItems, type OpenThings } from './open-items.rules.ts';

const quiet: OpenThings = { incidents: [], alarms: [], barriers: [], visitorsInside: 0 };
const call = { id: 'i1', resolved: false };
const helpAlarm = { id: 'a1', cause: 'helpButton', sourceId: 'hp1', incidentId: 'i1' };
const gate = { id: 'north', unseen: false, unsettled: false };
const gateAlarm = { id: 'a2', cause: 'barrierStandsOpen', sourceId: 'north', incidentId: null };

describe('what is open at a handover', () => {
  it('is nothing when nothing is', () => {
    expect(openItems({ ...quiet, barriers: [gate] })).toEqual([]);
  });

  it('counts a call and its alarm once', () => {
    expect(openItems({ ...quiet, incidents: [call], alarms: [helpAlarm] })).toEqual(['incident/i1']);
  });

  it('keeps the alarm of a call that has ended, where it is still there', () => {
    const ended = { ...call, resolved: true };
    expect(openItems({ ...quiet, incidents: [ended], alarms: [helpAlarm] })).toEqual(['alarm/a1']);
  });

  it('has a gate that nobody has seen closed, alarm or not, once', () => {
    const open = { ...gate, unseen: true };
    expect(openItems({ ...quiet, barriers: [open] })).toEqual(['barrier/north']);
    expect(openItems({ ...quiet, barriers: [open], alarms: [gateAlarm] })).toEqual(['barrier/north']);
    expect(openItems({ ...quiet, barriers: [{ ...gate, unsettled: true }] })).toEqual(['barrier/north']);
    expect(openItems({ ...quiet, barriers: [gate], alarms: [gateAlarm] })).toEqual(['alarm/a2']);
  });

  it('has the visitors inside, as one thing', () => {
    expect(openItems({ ...quiet, visitorsInside: 7 })).toEqual(['visits/inside']);
  });

  it('leaves out what taking over answers, and not a gap of the roster', () => {
    const about = (cause: string) => ({ id: cause, cause, sourceId: 'room', incidentId: null });
    const alarms = ['postUnstaffed', 'reliefMissing', 'rosterGap'].map(about);
    expect(openItems({ ...quiet, alarms })).toEqual(['alarm/rosterGap']);
  });
});
