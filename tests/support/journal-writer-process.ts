/**
 * A process that writes to the journal in the folder it is told until somebody ends it. Each transaction writes two facts, a row that counts, an
 * effect, and a line of each into a collection that is being made, with how far it is; what was committed is printed only after the commit, one number a line: that is what "acknowledged" means here.
 */
import { writeSync } from 'node:fs';
import { dataFolderPaths } from '../../native/os/data-folder.ts';
import { openJournalIn, someFact, testNowMs } from './journal-folder.ts';

const journal = openJournalIn(dataFolderPaths(process.argv[2] ?? ''));
for (let round = 1; ; round += 1) {
  const seq = journal.transact((tx) => {
    tx.append(someFact(`first-${round}`));
    const second = tx.append(someFact(`second-${round}`));
    tx.change({ collection: 'count', key: 'facts', doc: { seq: second.seq } }, second.seq);
    tx.addOutbox({ type: 'x', round }, 'once', testNowMs);
    tx.makeGeneration('lines', 1, { columns: { round: 'range', entity: 'group' }, withFact: true });
    for (const key of [second.seq - 1, second.seq])
      tx.making.changeQuery({
        collection: 'lines',
        key,
        row: { columns: { round, entity: `e${round % 5}` }, doc: null },
      });
    tx.foldedTo('lines', second.seq);
    return second.seq;
  });
  if (round % 50 === 0) journal.sealHead(testNowMs + round);
  // Synchronous, and not by the stream: the line is out before the next transaction begins.
  writeSync(1, `${seq}\n`);
}
