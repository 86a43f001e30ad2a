import { expect, it } from 'vitest';
import { createBusyTeller } from './busy-text.ts';

it('prints the beginning and each further tenth, and begins anew after an end', () => {
  const said: string[] = [];
  const tell = createBusyTeller((line) => void said.push(line));
  for (let done = 0; done < 1000; done += 1) tell({ done, of: 1000 });
  expect(said).toHaveLength(10);
  expect(said[3]).toBe('正在整理记录，第 300 条，共 1000 条。Records are being prepared, 300 of 1000.');
  tell(null);
  tell({ done: 5, of: 1000 });
  expect(said.at(-1)).toContain('5 of 1000');
});
