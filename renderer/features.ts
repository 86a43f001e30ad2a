/** The seat's features. Everything that the shell shows is derived from this list. */
import { alarmsSeat } from './features/alarms/alarms.seat.ts';
import { demoSeat } from './features/demo/demo.seat.ts';
import { findSeat } from './features/find/find.seat.ts';
import { gateSeat } from './features/gate/gate.seat.ts';
import { helpSeat } from './features/help/help.seat.ts';
import { logSeat } from './features/log/log.seat.ts';
import { lookSeat } from './features/look/look.seat.ts';
import { noteSeat } from './features/note/note.seat.ts';
import { peopleSeat } from './features/people/people.seat.ts';
import { phoneListSeat } from './features/phone-list/phone-list.seat.ts';
import { roomSeat } from './features/room/room.seat.ts';
import { rosterSeat } from './features/roster/roster.seat.ts';
import { setupSeat } from './features/setup/setup.seat.ts';
import { signInSeat } from './features/sign-in/sign-in.seat.ts';
import { stationSeat } from './features/station/station.seat.ts';
import { takeoverSeat } from './features/takeover/takeover.seat.ts';
import { visitorsSeat } from './features/visitors/visitors.seat.ts';

export const seatFeatures = [
  setupSeat,
  signInSeat,
  stationSeat,
  roomSeat,
  gateSeat,
  visitorsSeat,
  phoneListSeat,
  noteSeat,
  takeoverSeat,
  logSeat,
  rosterSeat,
  peopleSeat,
  alarmsSeat,
  lookSeat,
  helpSeat,
  findSeat,
  demoSeat,
] as const;
