import { describe, expect, it } from 'vitest';
import { gateBearsOut } from './gate-answer.rules.ts';

const gate = (position: 'open' | 'closed' | 'unknown', positionSource: 'sensor' | 'person' | null, positionAt = 0) => ({
  position,
  positionSource,
  positionAt,
});
describe('what may be said of the gate', () => {
  it('is that it is open only where it was seen open', () => {
    const borneOut = (...gates: readonly ReturnType<typeof gate>[]) => gateBearsOut('openGate', 'opened', gates, 100);
    expect(borneOut(gate('open', 'sensor'), gate('closed', 'sensor'))).toBe(true);
    expect(borneOut(gate('open', 'person', 150))).toBe(true);
    for (const unseen of [gate('closed', 'sensor'), gate('unknown', null), gate('open', 'person', 50)])
      expect(borneOut(unseen)).toBe(false);
    expect(borneOut()).toBe(true);
    expect(gateBearsOut('openGate', 'cannot', [gate('closed', 'sensor')], 100)).toBe(true);
  });

  it('is that it is closed again only where every gate was seen closed', () => {
    expect(gateBearsOut('closeGate', 'closed', [gate('closed', 'sensor'), gate('open', 'sensor')], 100)).toBe(false);
    expect(gateBearsOut('closeGate', 'closed', [gate('closed', 'sensor')], 100)).toBe(true);
    expect(gateBearsOut('closeGate', 'closed', [gate('closed', 'person', 50)], 100)).toBe(false);
    expect(gateBearsOut('seen', 'seenSafe', [gate('unknown', null)], 100)).toBe(true);
  });
});
