/**
 * A process that writes to the journal in the folder it is told until somebody ends it. Each transaction writes two facts, a row that counts
 * and an effect; what was committed is printed only after the commit, one number a line: that is what "acknowledged" means here.
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
    return second.seq;
  });
  if (round % 50 === 0) journal.sealHead(testNowMs + round);
  // Synchronous, and not by the stream: the line is out before the next transaction begins.
  writeSync(1, `${seq}\n`);
}
