import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDueQueue } from './due-queue.ts';

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
const deed = fc.oneof(
  fc.record({ does: fc.constant('set' as const), key, due: fc.integer({ min: 0, max: 9 }) }),
  fc.record({ does: fc.constant('delete' as const), key }),
  fc.record({ does: fc.constant('take' as const) }),
);

describe('the queue of what is due', () => {
  it('always has the one next that is due first, and of those that are due at once the one that was set first', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 400 }), (deeds) => {
        const queue = createDueQueue<number>();
        let model: { readonly key: string; readonly due: number; readonly order: number }[] = [];
        const first = () => model.toSorted((a, b) => a.due - b.due || a.order - b.order)[0];
        deeds.forEach((one, order) => {
          const gone = one.does === 'take' ? first()?.key : one.key;
          model = model.filter((entry) => entry.key !== gone);
          if (one.does === 'set') {
            model.push({ key: one.key, due: one.due, order });
            queue.set(one.key, one.due, order);
          } else if (gone !== undefined) queue.delete(gone);
          const next = first();
          expect(queue.next()).toEqual(
            next === undefined ? null : expect.objectContaining({ key: next.key, due: next.due, value: next.order }),
          );
          expect(queue.values().toSorted()).toEqual(model.map((entry) => entry.order).toSorted());
          for (const entry of model) expect(queue.get(entry.key)).toBe(entry.order);
        });
      }),
      { numRuns: 200 },
    );
  });
});
