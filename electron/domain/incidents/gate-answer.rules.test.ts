import { describe, expect, it } from 'vitest';
import { gateBearsOut, offeredAnswers } from './gate-answer.rules.ts';

const gate = (position: 'open' | 'closed' | 'unknown', positionSource: 'sensor' | 'person' | null, positionAt = 0) => ({
  position,
  positionSource,
  positionAt,
});
const answers = ['opened', 'cannot', 'notNeeded', 'unsure'];

describe('what may be said of the gate', () => {
  it('is that it is open only where it was seen open, and else that it does not open', () => {
    expect(offeredAnswers('openGate', answers, [gate('open', 'sensor')], 100)).toEqual([
      'opened',
      'notNeeded',
      'unsure',
    ]);
    for (const unseen of [gate('closed', 'sensor'), gate('unknown', null), gate('open', 'person', 50)])
      expect(offeredAnswers('openGate', answers, [unseen], 100)).toEqual(['cannot', 'notNeeded', 'unsure']);
    expect(offeredAnswers('openGate', answers, [gate('open', 'person', 150)], 100)).toContain('opened');
    expect(offeredAnswers('openGate', answers, [], 100)).toEqual(answers);
  });

  it('is that it is closed again only where every gate was seen closed', () => {
    expect(gateBearsOut('closeGate', 'closed', [gate('closed', 'sensor'), gate('open', 'sensor')], 100)).toBe(false);
    expect(gateBearsOut('closeGate', 'closed', [gate('closed', 'sensor')], 100)).toBe(true);
    expect(gateBearsOut('closeGate', 'closed', [gate('closed', 'person', 50)], 100)).toBe(false);
    expect(gateBearsOut('seen', 'seenSafe', [gate('unknown', null)], 100)).toBe(true);
  });
});
