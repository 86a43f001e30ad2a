import type { people } from '../../../contract/people/people.contract.ts';
import { refusesUnlessPerson } from '../../../domain/people/actor.rules.ts';
import { shift } from '../../../domain/shifts/shift.ts';
import { refuse, Refused, type CommandScope, type Handlers } from '../../core/handler.ts';
import { subjects } from '../../core/subjects.ts';
import { endSessions } from '../../parts/end-sessions.ts';
import { storedPinCipher } from '../../parts/pin-hashing.ts';
import { recordChange } from '../../parts/record-change.ts';
import { personRows, shiftRows } from '../../parts/rows.ts';

/** The last active manager must stay one: nobody could give the role back. */
const keepsAManager = ({ work }: CommandScope, personId: string): void => {
  const others = personRows
    .all(work.read)
    .some((person) => person.personId !== personId && person.role === 'manager' && person.active);
  if (!others) refuse('lastManager');
};

/** Nobody waits for somebody who works here no more, and they are responsible for nothing, at no post. */
const leavePosts = ({ work }: CommandScope, personId: string): void => {
  for (const { postId, responsible, handover } of shiftRows.all(work.read)) {
    const holds = [responsible?.personId, handover?.incoming];
    if (holds.includes(personId)) work.tell(shift, postId, { type: 'leave', at: work.nowMs, personId });
  }
};

export const peopleCommands: Handlers<typeof people> = {
  addPerson: (scope, { personId, name, phone, role, active }) => {
    const { work, privacy, prepared, ids } = scope;
    const id = personId ?? ids.next();
    // The station and the devices act under names of their own; nobody may be called like them.
    const impersonation = refusesUnlessPerson(id);
    if (impersonation !== null) throw new Refused(impersonation);
    const before = personRows.get(work.read, id);
    const wasActive = before?.active === true;
    if (wasActive && before.role === 'manager' && (role !== 'manager' || !active)) keepsAManager(scope, id);
    const pin = prepared.pinCipher === null ? {} : { pinCipher: prepared.pinCipher };
    const known = before === null ? null : { ...before, pinCipher: storedPinCipher(work.read, id) };
    recordChange(scope, 'person', { added: 'v1.PersonAdded', changed: 'v1.PersonChanged' }, id, known, {
      name: privacy.seal(subjects.person(id), name),
      ...(phone === undefined ? {} : { phone: privacy.sealMaybe(subjects.person(id), phone) }),
      role,
      active,
      ...pin,
    });
    const barred = before !== null && (before.role !== role || (wasActive && !active) || prepared.pinCipher !== null);
    if (barred) endSessions(scope, id);
    if (wasActive && !active) leavePosts(scope, id);
    return { personId: id };
  },
};
