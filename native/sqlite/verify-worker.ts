/** Entry of the worker thread that verifies: takes a `VerifyRequest` as its data, posts the `Verification`, ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { verifyJournal, type VerifyRequest } from './verify.ts';

const isRequest = (value: unknown): value is VerifyRequest =>
  typeof value === 'object' && value !== null && 'path' in value && 'headsFolder' in value && 'publicKeyPem' in value;

const request: unknown = workerData;
if (!isRequest(request)) throw new TypeError('the verifying worker needs a request');
parentPort?.postMessage(verifyJournal(request), []);
