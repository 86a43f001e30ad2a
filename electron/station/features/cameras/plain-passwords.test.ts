import { expect, test } from 'vitest';
import { createManualClock } from '../../../../tests/support/manual-clock.ts';
import { makeJournalFolder, someFact, writeFacts } from '../../../../tests/support/journal-folder.ts';
import { createMemoryLog } from '../../../../tests/support/system-clock.ts';
import { lookForPlainPasswords, type NamedCamera } from './plain-passwords.ts';

const camera = (id: string, mainUrl: string, passwordCipher: string | null) =>
  someFact(id, {
    type: 'v1.CameraAdded',
    kind: 'cameraConfig',
    entityId: id,
    body: { name: `摄像头 ${id}`, number: 7, mainUrl, subUrl: null, onvifAddress: null, passwordCipher },
  });

/** What is told of a journal with these facts among some thousand others. */
const told = (facts: readonly ReturnType<typeof camera>[]): readonly (readonly NamedCamera[])[] => {
  const folder = makeJournalFolder();
  const clock = createManualClock();
  const found: (readonly NamedCamera[])[] = [];
  try {
    const journal = folder.open();
    writeFacts(journal, 300);
    for (const fact of facts) journal.transact((tx) => tx.append(fact));
    writeFacts(journal, 300);
    lookForPlainPasswords({ journal, clock, log: createMemoryLog(), onFound: (cameras) => found.push(cameras) });
    clock.advance(1000);
    return found;
  } finally {
    folder.remove();
  }
};

test('the cameras are named whose password stands in the journal, once each', () => {
  const facts = [
    camera('1', 'rtsp://192.0.2.1/user=admin&password=x1', null),
    camera('2', 'sealed:s1.device:2.AAAA', 'c'),
    camera('3', 'rtsp://x1@192.0.2.3/live', 'c'),
    camera('1', 'rtsp://192.0.2.1/user=admin&password=x1', null),
  ];
  expect(told(facts)).toEqual([
    [
      { name: '摄像头 1', number: 7 },
      { name: '摄像头 3', number: 7 },
    ],
  ]);
});

test('a password that was changed since is no matter any more; a journal without one says nothing', () => {
  expect(told([camera('3', 'rtsp://x1@192.0.2.3/live', 'old'), camera('3', 'sealed:a', 'new')])).toEqual([]);
  expect(told([])).toEqual([]);
});
