/** The rows that more than one feature reads, with their types. Who writes them is their feature's. */
import type { CameraView } from '../../contract/cameras/cameras.views.ts';
import type { AlarmView } from '../../contract/alarms/alarms.views.ts';
import type { CommunityView } from '../../contract/community/community.views.ts';
import type { ContactView } from '../../contract/contacts/contacts.views.ts';
import type { RosterEntryView, ShiftView } from '../../contract/duty/duty.views.ts';
import type { BarrierView } from '../../contract/gates/gates.views.ts';
import type { IncidentView } from '../../contract/incidents/incidents.views.ts';
import type { HelpPointView } from '../../contract/panels/panels.views.ts';
import type { PersonView } from '../../contract/people/people.views.ts';
import type { VisitView } from '../../contract/visits/visits.views.ts';
import { defineTable } from '../core/table.ts';

export const communityRows = defineTable<CommunityView>('community');
export const personRows = defineTable<PersonView>('people');
/** The encrypted hash of a person's PIN. */
export const personSecretRows = defineTable<{ readonly pinCipher: string }>('personSecrets');
/** Which stored sessions are whose, so that they can be ended together. */
export const sessionRows = defineTable<{ readonly personId: string; readonly seat: string | null }>('sessionIndex');
/** Who may use the recovery code, and its hash. */
export const recoveryRows = defineTable<{ readonly recoveryHash: string | null; readonly personId: string | null }>(
  'recovery',
);
export const contactRows = defineTable<ContactView>('contacts');
/** Addresses are sealed; one whose key is gone is none. */
export type CameraRow = Omit<CameraView, 'mainUrl'> & { readonly mainUrl: string | null };
export const cameraRows = defineTable<CameraRow>('cameras');
/** A camera's password, encrypted. */
export const cameraSecretRows = defineTable<{ readonly passwordCipher: string }>('cameraSecrets');
export const barrierRows = defineTable<BarrierView>('barriers');
export const helpPointRows = defineTable<HelpPointView>('helpPoints');
export type AlarmRow = AlarmView & { readonly occurrenceId: string };
export const alarmRows = defineTable<AlarmRow>('alarms');
/** What follows from the steps by the rules of today is added when it is shown. */
export type IncidentRow = Omit<
  IncidentView,
  'currentStep' | 'phoneListOpen' | 'phoneListFirst' | 'onTheWay' | 'stepsToCome' | 'mayResolve' | 'allowedResolutions'
> & { readonly phoneListSince: number | null };
export const incidentRows = defineTable<IncidentRow>('incidents');
export const visitRows = defineTable<VisitView>('visits');
export const shiftRows = defineTable<ShiftView>('shift');
export const rosterRows = defineTable<RosterEntryView>('roster');
