/** Entry of the worker thread that holds lists of names in the plain: opens what it is given, answers which entries hold a text. */
import { parentPort, workerData } from 'node:worker_threads';
import { nameToKey } from '../../electron/domain/people/findable.rules.ts';
import { JournalError, type JournalFault } from '../../electron/station/ports/journal.port.ts';
import { createDeviceKeySecrets, createKeyFileSecrets } from '../os/secrets.ts';
import { guarded, openReadOnly, type Db } from './database.ts';
import { openKeyReader } from './keys-schema.ts';
import type { ListAnswer, ListRequest, ListWorkerData } from './list-messages.ts';
import { openText, unwrapKey } from './sealed-text.ts';

const isData = (value: unknown): value is ListWorkerData =>
  typeof value === 'object' && value !== null && 'keys' in value && 'deviceKey' in value && 'keyFile' in value;

const given: unknown = workerData;
if (!isData(given)) throw new TypeError('the worker of the lists needs to know where the keys are');
const { keys, deviceKey, keyFile } = given;

const lists = new Map<string, Map<string, string>>();
/** What went wrong since the last answer: then a list is not whole. */
let fault: JournalFault | null = null;

const listOf = (name: string): Map<string, string> => {
  const list = lists.get(name) ?? new Map<string, string>();
  lists.set(name, list);
  return list;
};

/** Reads the keys for as long as it takes to open these: nobody who empties the WAL is to find a reader in the way. */
const withKeys = <T>(work: (db: Db) => T): T => {
  const db = openReadOnly(keys);
  try {
    return guarded(() => work(db));
  } finally {
    db.close();
  }
};

const change = ({ list: name, changes }: Extract<ListRequest, { readonly t: 'change' }>): void => {
  const list = listOf(name);
  for (const [key] of changes) list.delete(key);
  if (changes.every(([, sealed]) => sealed === null)) return;
  const secrets =
    deviceKey === null ? createKeyFileSecrets(keyFile, { mayMake: false }) : createDeviceKeySecrets(deviceKey);
  withKeys((db) => {
    const wrappedOf = openKeyReader(db);
    const keyOf = (subject: string): Buffer | null => {
      const wrapped = wrappedOf(subject);
      return wrapped === null ? null : unwrapKey(secrets, wrapped);
    };
    for (const [key, sealed] of changes) {
      const plain = sealed === null ? null : openText(sealed, keyOf);
      if (plain !== null) list.set(key, nameToKey(plain));
    }
  });
};

const search = (list: ReadonlyMap<string, string>, text: string, limit: number): readonly string[] => {
  const wanted = nameToKey(text);
  if (wanted === '') return [];
  return [...list]
    .filter(([, name]) => name.includes(wanted))
    .map(([key]) => key)
    .toSorted()
    .slice(-limit)
    .toReversed();
};

parentPort?.on('message', (request: ListRequest) => {
  if (request.t === 'search') {
    const { id } = request;
    const answer: ListAnswer =
      fault === null ? { id, keys: search(listOf(request.list), request.text, request.limit) } : { id, fault };
    return parentPort?.postMessage(answer, []);
  }
  try {
    change(request);
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    fault = error.fault;
  }
  return undefined;
});
