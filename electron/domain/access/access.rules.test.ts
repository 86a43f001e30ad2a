import { describe, expect, it } from 'vitest';
import { allowedRoles, mayDo, setsHeld } from './access.rules.ts';
import type { Role } from './access.rules.ts';
import { rightOf } from '../../contract/actions.ts';
import { askNames } from '../../contract/asks.schema.ts';
import { commandTypes } from '../../contract/commands.schema.ts';

const roles: readonly Role[] = ['nobody', 'volunteer', 'guard', 'manager'];
const urgent = [
  'acknowledgeAlarm',
  'claimIncident',
  'answerStep',
  'openBarrier',
  'recordCall',
  'silenceSiren',
] as const;
const managersOnly = [
  'setAddress',
  'setTimeZone',
  'addPerson',
  'addCamera',
  'addBarrier',
  'addHelpPoint',
  'setReceiver',
  'receiver',
  'describeCamera',
  'addContact',
  'setRosterEntry',
  'removeRosterEntry',
  'reviewIncident',
  'forgetVisitor',
  'addManagerNote',
  'changeSeat',
  'revokeSeat',
  'establishPost',
  'exportLog',
] as const;

describe('who may do what', () => {
  it.each(urgent)('%s is allowed to everybody who is signed in, responsible or not', (action) => {
    for (const role of ['volunteer', 'guard', 'manager'] as const) {
      expect(mayDo(rightOf(action), { role, seatKind: 'room', isResponsible: false })).toEqual({
        ok: true,
        value: null,
      });
    }
  });

  it.each(managersOnly)('%s is a manager’s, and the refusal says so', (action) => {
    expect(mayDo(rightOf(action), { role: 'manager', seatKind: 'room', isResponsible: false }).ok).toBe(true);
    for (const role of ['volunteer', 'guard', 'nobody'] as const) {
      expect(mayDo(rightOf(action), { role, seatKind: 'room', isResponsible: true })).toEqual({
        ok: false,
        error: { kind: 'notAllowed', details: { allowedRoles: ['manager'] } },
      });
    }
  });

  it('lets an empty seat do nothing but set a community up', () => {
    const open = [...commandTypes, ...askNames].filter(
      (action) => mayDo(rightOf(action), { role: 'nobody', seatKind: 'room', isResponsible: false }).ok,
    );
    expect(open).toEqual(['establishCommunity', 'discover', 'describeDevice', 'startDemo']);
  });

  it('lets an incident be laid aside by whoever is responsible, or a manager', () => {
    expect(mayDo(rightOf('parkIncident'), { role: 'volunteer', seatKind: 'room', isResponsible: true }).ok).toBe(true);
    expect(mayDo(rightOf('parkIncident'), { role: 'manager', seatKind: 'room', isResponsible: false }).ok).toBe(true);
    const refused = mayDo(rightOf('parkIncident'), { role: 'guard', seatKind: 'room', isResponsible: false });
    expect(refused.ok ? null : refused.error.kind).toBe('notResponsible');
  });

  it('gives nobody more at a seat than the seat is given, and nothing at one that is not known', () => {
    const manager = { role: 'manager', isResponsible: true };
    for (const action of managersOnly) {
      expect(mayDo(rightOf(action), { ...manager, seatKind: 'manager' }).ok).toBe(true);
      expect(mayDo(rightOf(action), { ...manager, seatKind: 'gatehouse' })).toEqual({
        ok: false,
        error: { kind: 'notAtThisSeat', details: { seatKind: 'gatehouse' } },
      });
    }
    expect(setsHeld({ role: 'manager', seatKind: 'gatehouse' })).toEqual(['duty']);
    expect(setsHeld({ role: 'manager', seatKind: 'kiosk' })).toEqual([]);
    expect(setsHeld({ role: 'inspector', seatKind: 'room' })).toEqual([]);
  });

  it('agrees with its own list of roles, and leaves nothing to nobody', () => {
    for (const action of [...commandTypes, ...askNames]) {
      expect(allowedRoles(rightOf(action))).toEqual(
        roles.filter((role) => mayDo(rightOf(action), { role, seatKind: 'room', isResponsible: true }).ok),
      );
      expect(allowedRoles(rightOf(action))).not.toEqual([]);
    }
  });
});
