/** The words of all features. Everything that spans them is derived from this list. */
import { alarmsWords } from './alarms/alarms.words.ts';
import { camerasWords } from './cameras/cameras.words.ts';
import { commonWords } from './common/common.words.ts';
import { communityWords } from './community/community.words.ts';
import { contactsWords } from './contacts/contacts.words.ts';
import { demoWords } from './demo/demo.words.ts';
import { dutyWords } from './duty/duty.words.ts';
import { gatesWords } from './gates/gates.words.ts';
import { helpWords } from './help/help.words.ts';
import { incidentsWords } from './incidents/incidents.words.ts';
import { jobsWords } from './jobs/jobs.words.ts';
import { logWords } from './log/log.words.ts';
import { noteWords } from './note/note.words.ts';
import { panelsWords } from './panels/panels.words.ts';
import { peopleWords } from './people/people.words.ts';
import { roomWords } from './room/room.words.ts';
import { seatsWords } from './seats/seats.words.ts';
import { setupWords } from './setup/setup.words.ts';
import { signInWords } from './sign-in/sign-in.words.ts';
import { stationWords } from './station/station.words.ts';
import { visitsWords } from './visits/visits.words.ts';

export const wordsFeatures = [
  commonWords,
  stationWords,
  communityWords,
  peopleWords,
  seatsWords,
  signInWords,
  contactsWords,
  camerasWords,
  gatesWords,
  panelsWords,
  alarmsWords,
  incidentsWords,
  visitsWords,
  dutyWords,
  jobsWords,
  logWords,
  roomWords,
  noteWords,
  helpWords,
  setupWords,
  demoWords,
] as const;
