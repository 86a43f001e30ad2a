import { stationFeatures } from '../features.ts';
import { describe, expect, it } from 'vitest';
import { createFakeJournal } from '../../../tests/support/fake-journal.ts';
import { createFakeVault } from '../../../tests/support/fake-vault.ts';
import { createManualClock } from '../../../tests/support/manual-clock.ts';
import type { StationMessage } from '../../contract/messages.schema.ts';
import { createPrivacy } from '../core/privacy.ts';
import { createRowView } from './row-view.ts';
import { BUFFER_LIMIT_BYTES, createSeatFeed } from './seat-feed.ts';

const start = (people = 0) => {
  const journal = createFakeJournal();
  journal.transact((tx) => {
    for (let index = 0; index < people; index += 1) {
      const personId = `person-${String(index).padStart(3, '0')}`;
      tx.change({ collection: 'people', key: personId, doc: { personId, name: null, role: 'guard', active: true } }, 1);
    }
  });
  const sent: StationMessage[] = [];
  const state = { buffered: 0, lastSeq: 10 };
  const feed = createSeatFeed({
    connection: {
      send: (message) => {
        if (message.t !== 'shown') sent.push(message);
      },
      bufferedBytes: () => state.buffered,
      close: () => undefined,
    },
    view: createRowView({
      journal,
      privacy: createPrivacy(createFakeVault()),
      collections: stationFeatures.flatMap(({ collections }) => collections),
      dueAt: () => null,
    }),
    clock: createManualClock(),
    lastSeq: () => state.lastSeq,
  });
  feed.begin(['log']);
  feed.snapshot({ role: 'volunteer', seatKind: 'room' });
  const commit = (seq: number): void => {
    feed.changed([{ collection: 'log', key: String(seq) }], seq);
    feed.flush('commit');
  };
  const numbers = () =>
    sent.flatMap((message) =>
      message.t === 'patch' ? [[message.after, message.seq, message.rows.map(({ key }) => key)]] : [],
    );
  return { state, feed, commit, numbers, sent };
};

describe('the number that a seat resumes with', () => {
  it('is never ahead of the rows it was sent, also when the journal is', () => {
    const { state, commit, numbers } = start();
    // Two commits, of which this feed hears one after the other.
    state.lastSeq = 12;
    commit(11);
    expect(numbers()).toEqual([[10, 11, ['11']]]);
    // Slow at this moment, and cut off: it comes back with 11, and row 12 is sent.
    state.buffered = BUFFER_LIMIT_BYTES + 1;
    commit(12);
    expect(numbers()).toHaveLength(1);
  });

  it('is that of a large snapshot only with its last piece: a seat cut off before begins anew', () => {
    const { sent } = start(450);
    const pieces = sent.flatMap((message) =>
      message.t === 'snapshot' || message.t === 'patch' ? [[message.t, message.seq, message.rows.length]] : [],
    );
    expect(pieces).toEqual([
      ['snapshot', 0, 200],
      ['patch', 0, 200],
      ['patch', 10, 50],
    ]);
    expect(sent.flatMap((message) => (message.t === 'patch' ? [message.after] : []))).toEqual([0, 0]);
  });

  it('does not go back when a snapshot was ahead of what it hears next', () => {
    const { state, feed, commit, numbers } = start();
    state.lastSeq = 12;
    feed.snapshot({ role: 'volunteer', seatKind: 'room' });
    commit(11);
    commit(12);
    commit(13);
    expect(numbers()).toEqual([
      [12, 12, ['11']],
      [12, 12, ['12']],
      [12, 13, ['13']],
    ]);
  });
});
