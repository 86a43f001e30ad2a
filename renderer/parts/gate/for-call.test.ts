import { describe, expect, it } from 'vitest';
import type { BarrierView } from '../../../electron/contract/views.schema.ts';
import { anyGateSeenOpen, gateForCall } from './for-call.ts';

const gate = (change: Partial<BarrierView> = {}, command: Partial<NonNullable<BarrierView['command']>> = {}) => ({
  barrierId: 'north',
  name: '北门',
  cameraId: 'cam-1',
  openRelay: '1',
  closeRelay: '2',
  openInput: '1',
  closedInput: '2',
  travelMs: 3000,
  openLimitMs: 300_000,
  position: 'open' as const,
  positionAt: 5000,
  positionSource: 'sensor' as const,
  positionBy: null,
  commandState: 'confirmed' as const,
  standing: null,
  command: {
    motionId: 'm1',
    motion: 'open' as const,
    reason: 'ambulance',
    reasonNote: null,
    by: 'p-li',
    givenAt: 3000,
    sentAt: 3001,
    acceptedAt: 3002,
    confirmedAt: 5000,
    fault: null,
    ...command,
  },
  ...change,
});
const asked = { step: 'openGate', askedAt: 2500, answer: null, answeredAt: null, answeredBy: null };
const call = { openedAt: 1000, steps: [asked] };

describe('a gate in the question of a call', () => {
  it('shows the command that was given since it was asked, whatever it was given for', () => {
    expect(gateForCall(gate(), call).command?.motionId).toBe('m1');
    expect(gateForCall(gate({}, { reason: 'visitor' }), call).command?.motionId).toBe('m1');
  });

  it('shows one that was given before it was asked only for the ambulance, and none from before the call', () => {
    expect(gateForCall(gate({}, { givenAt: 1500 }), call).command?.motionId).toBe('m1');
    expect(gateForCall(gate({}, { givenAt: 1500, reason: 'delivery' }), call)).toMatchObject({
      command: null,
      commandState: 'idle',
      position: 'open',
    });
    expect(gateForCall(gate({}, { givenAt: 999 }), call).command).toBeNull();
  });

  it('shows no closing, and no opening that is over', () => {
    expect(gateForCall(gate({}, { motion: 'close' }), call).command).toBeNull();
    expect(gateForCall(gate({ position: 'closed' }), call).command).toBeNull();
    expect(gateForCall(gate({ position: 'closed' }, { confirmedAt: null }), call).command?.motionId).toBe('m1');
  });

  it('is said to be open only where it is seen open', () => {
    expect(anyGateSeenOpen([gate()], call)).toBe(true);
    expect(anyGateSeenOpen([gate({ position: 'closed' }), gate({ position: 'moving' })], call)).toBe(false);
    expect(anyGateSeenOpen([gate({ position: 'closed' }), gate()], call)).toBe(true);
    expect(anyGateSeenOpen([gate({ positionSource: 'person', positionAt: 999 })], call)).toBe(false);
    expect(anyGateSeenOpen([gate({ positionSource: 'person', positionAt: 1000 })], call)).toBe(true);
    expect(anyGateSeenOpen([], call)).toBe(false);
  });
});
