/**
 * Journals of older stations hold addresses of cameras as they were typed, some with a password, and nothing can take it out of the chain: the
 * password itself must change. Looked for after a start, a slice at a time, so that nobody waits for it.
 */
import type { RecordedFact } from '../../../domain/kernel/fact.ts';
import { holdsPlainPassword } from '../../../domain/cameras/plain-password.rules.ts';
import { numberOf, textOf } from '../../core/docs.ts';
import type { Clock, Log } from '../../ports/clock.port.ts';
import { JournalError, type JournalReader } from '../../ports/journal.port.ts';

const FACTS_A_SLICE = 200;
const PAUSE_MS = 20;
const addressFields = ['mainUrl', 'subUrl', 'onvifAddress'] as const;

/** A camera as people know it. */
export interface NamedCamera {
  readonly name: string;
  readonly number: number | null;
}

export interface PlainPasswordsDeps {
  readonly journal: Pick<JournalReader, 'facts' | 'row' | 'lastSeq'>;
  readonly clock: Pick<Clock, 'after'>;
  readonly log: Log;
  /** Told once, when the whole journal has been read and somebody's password is in it. */
  readonly onFound: (cameras: readonly NamedCamera[]) => void;
}

/** Reads the journal as far as it goes now; returns the way to break off. */
export const lookForPlainPasswords = ({ journal, clock, log, onFound }: PlainPasswordsDeps): (() => void) => {
  const until = journal.lastSeq();
  /** By camera: the stored password of the fact that gave one away; another one stored later means that it was changed. */
  const open = new Map<string, { readonly camera: NamedCamera; readonly cipher: string | null }>();
  let cancel: () => void = () => undefined;

  const look = ({ kind, entityId, body }: RecordedFact): void => {
    if (kind !== 'cameraConfig') return;
    const cipher = textOf(body, 'passwordCipher');
    const known = open.get(entityId);
    if (known !== undefined && cipher !== null && cipher !== known.cipher) open.delete(entityId);
    if (!addressFields.some((field) => holdsPlainPassword(textOf(body, field) ?? ''))) return;
    const now = journal.row('cameras', entityId) ?? body;
    open.set(entityId, { camera: { name: textOf(now, 'name') ?? entityId, number: numberOf(now, 'number') }, cipher });
  };

  const slice = (afterSeq: number): void => {
    try {
      const facts = journal.facts(afterSeq, FACTS_A_SLICE);
      for (const fact of facts) look(fact);
      const last = facts.at(-1)?.seq ?? until;
      if (last < until) cancel = clock.after(PAUSE_MS, () => slice(last));
      else if (open.size > 0) onFound([...open.values()].map(({ camera }) => camera));
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      log.warn('the journal could not be searched for passwords', { fault: error.fault.kind });
    }
  };

  cancel = clock.after(PAUSE_MS, () => slice(0));
  return () => cancel();
};
