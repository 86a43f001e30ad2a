import { describe, expect, it } from 'vitest';
import { createFakeJournal } from '../../../tests/support/fake-journal.ts';
import { createManualClock } from '../../../tests/support/manual-clock.ts';
import { createMemoryLog } from '../../../tests/support/system-clock.ts';
import { SEALED_MARK } from '../../contract/kernel/fact.ts';
import { log } from '../../contract/log/log.contract.ts';
import { createLifter, noLifts } from '../../domain/kernel/lifts.ts';
import { createFactRegistry } from './facts.ts';
import { createTurns } from '../../../tests/support/turns.ts';
import { createMachineHost } from './machine-host.ts';
import { createProjector } from './project.ts';
import { JournalError } from '../ports/journal.port.ts';
import { byStation, createWorker, type Work } from './work.ts';

const start = () => {
  const journal = createFakeJournal();
  const lines = createMemoryLog();
  const defects: unknown[] = [];
  const turns = createTurns();
  const worker = createWorker({
    journal,
    clock: createManualClock(),
    log: lines,
    host: createMachineHost({ machines: [], receive: (_rows, told) => [told] }),
    projector: createProjector([]),
    effects: [],
    isHidden: () => false,
    lifter: createLifter(noLifts),
    facts: createFactRegistry([{ contract: log }]),
    recordSeat: () => undefined,
    begin: () => undefined,
    later: turns.later,
    onDefect: (error) => defects.push(error),
  });
  const heard: number[] = [];
  return { journal, log: lines, worker, heard, defects, nextTurn: turns.end };
};
const note = (work: Work): string => {
  work.record({ type: 'v1.NoteAdded', kind: 'note', entityId: 'n', body: { text: `${SEALED_MARK}x` } });
  return 'done';
};

describe('what was committed', () => {
  it('is told to every listener, in the order of the commits, also when one of them commits in turn', () => {
    const { worker, heard, nextTurn } = start();
    worker.onCommit(({ seq }) => {
      if (seq === 1) worker.commit(byStation, note);
    });
    worker.onCommit(({ seq }) => heard.push(seq));
    worker.commit(byStation, note);
    nextTurn();
    expect(heard).toEqual([1, 2]);
  });

  it('is told on a later turn, when who committed has gone on; only what the core keeps is never behind', () => {
    const { worker, heard, nextTurn } = start();
    const kept: number[] = [];
    worker.atCommit(({ seq }) => kept.push(seq));
    worker.onCommit(({ seq }) => heard.push(seq));
    worker.commit(byStation, note);
    worker.commit(byStation, note);
    expect([kept, heard]).toEqual([[1, 2], []]);
    nextTurn();
    expect(heard).toEqual([1, 2]);
  });

  it('and not told yet is told when it is asked for, once', () => {
    const { worker, heard, nextTurn } = start();
    worker.onCommit(({ seq }) => heard.push(seq));
    worker.commit(byStation, note);
    worker.flush();
    expect(heard).toEqual([1]);
    nextTurn();
    expect(heard).toEqual([1]);
  });

  it('is told to the others when a listener cannot read storage, and is a success to who committed it', () => {
    const { worker, heard, log, nextTurn } = start();
    worker.onCommit(() => {
      throw new JournalError({ kind: 'ioError', detail: 'x' });
    });
    worker.onCommit(({ seq }) => heard.push(seq));
    expect(worker.commit(byStation, note)).toBe('done');
    nextTurn();
    expect([heard, worker.storage()]).toEqual([[1], 'failed']);
    expect(log.lines.join('\n')).toContain('could not be read after a commit');
  });

  it('is told to the others when a listener breaks; the defect is told apart, and never to who committed', () => {
    const { worker, heard, journal, defects, nextTurn } = start();
    let broken = true;
    worker.onCommit(() => {
      if (broken) throw new Error('a defect');
    });
    worker.onCommit(({ seq }) => heard.push(seq));
    expect(worker.commit(byStation, note)).toBe('done');
    nextTurn();
    expect(defects).toMatchObject([{ message: 'a defect' }]);
    broken = false;
    worker.commit(byStation, note);
    nextTurn();
    expect([heard, journal.lastSeq()]).toEqual([[1, 2], 2]);
  });
});
