import { zoneOffset } from '../../electron/domain/kernel/time-zone.ts';
import type { DemoLanguage, DemoSeed, SeedCommand } from '../../electron/station/features/demo/demo.port.ts';
import {
  demoCommunity,
  inLanguage,
  type BilingualText,
  type DemoDuty,
} from '../../resources/demo/community/community.ts';
import type { DemoReady } from './demo-ready.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** The demo's roster covers yesterday, so that the shift that runs has begun, and the week to come. */
const ROSTER_FROM_DAY = -1;
const ROSTER_TO_DAY = 7;
/** A panel is overdue after three of its reports were missed. */
const MISSED_REPORTS = 3;

/** Start of the local day of `nowMs`, UTC milliseconds. Duties are laid out from it in whole days (the demo's zone has no summer time). */
const localMidnight = (timeZone: string, nowMs: number): number => {
  const offset = zoneOffset(timeZone)(nowMs);
  return Math.floor((nowMs + offset) / DAY_MS) * DAY_MS - offset;
};

interface Stretch {
  readonly person: string;
  readonly fromMs: number;
  readonly toMs: number;
}

const stretchesOf = (duty: DemoDuty, midnightMs: number): readonly Stretch[] =>
  Array.from({ length: ROSTER_TO_DAY - ROSTER_FROM_DAY }, (_, index) => {
    const day = midnightMs + (ROSTER_FROM_DAY + index) * DAY_MS;
    return { person: duty.person, fromMs: day + duty.fromMinute * MINUTE_MS, toMs: day + duty.toMinute * MINUTE_MS };
  });

/** The demo community as commands that can be given again and again: each names its ids. */
export const seedOf = (ready: DemoReady, nowMs: number, lang: DemoLanguage): DemoSeed => {
  const say = (text: BilingualText): string => inLanguage(text, lang);
  const addressesById = new Map(ready.cameras.map((camera) => [camera.id, camera]));
  const { gate, panel } = demoCommunity;
  const roster = demoCommunity.roster.flatMap((duty) =>
    stretchesOf(duty, localMidnight(demoCommunity.timeZone, nowMs)),
  );
  const commands: readonly SeedCommand[] = [
    {
      type: 'setAddress',
      street: say(demoCommunity.address.street),
      entrance: say(demoCommunity.address.entrance),
      callBack: demoCommunity.address.callBack,
    },
    ...demoCommunity.people.map((person): SeedCommand => ({
      type: 'addPerson',
      personId: person.id,
      name: say(person.name),
      phone: person.phone,
      role: person.role,
      pin: person.pin,
      active: true,
    })),
    ...demoCommunity.cameras.flatMap((camera): SeedCommand[] => {
      const address = addressesById.get(camera.id);
      if (address === undefined) return [];
      return [
        {
          type: 'addCamera',
          cameraId: camera.id,
          name: say(camera.name),
          place: say(camera.place),
          onvifAddress: address.onvif,
          mainUrl: address.rtspMain,
          subUrl: address.rtspSub,
          username: address.username,
          password: address.password,
        },
      ];
    }),
    {
      type: 'addBarrier',
      barrierId: gate.id,
      name: say(gate.name),
      cameraId: gate.camera,
      openRelay: gate.openRelay,
      closeRelay: gate.closeRelay,
      openInput: gate.openInput,
      closedInput: gate.closedInput,
      travelMs: gate.travelMs,
    },
    ...demoCommunity.helpPoints.map((point): SeedCommand => ({
      type: 'addHelpPoint',
      helpPointId: point.id,
      place: point.residence,
      residentName: say(point.resident),
      phone: point.phone,
      family: say(point.family),
      keyHolder: say(point.keyHolder),
      account: point.account,
      zone: String(point.zone),
      supervisionMs: panel.supervisionSeconds * 1000 * MISSED_REPORTS,
      cameraIds: point.cameras.filter((id) => addressesById.has(id)),
    })),
    ...demoCommunity.callList.flatMap((id, index): SeedCommand[] => {
      const person = demoCommunity.people.find((candidate) => candidate.id === id);
      return person === undefined
        ? []
        : [
            {
              type: 'addContact',
              contactId: id,
              name: say(person.name),
              phone: person.phone,
              role: person.role === 'guard' ? 'patrol' : 'property',
              rank: index + 1,
            },
          ];
    }),
    ...roster.map(({ person, fromMs, toMs }): SeedCommand => ({
      type: 'setRosterEntry',
      entryId: `roster-${fromMs}`,
      personId: person,
      fromMs,
      toMs,
    })),
  ];
  const onDuty = roster.find((stretch) => stretch.fromMs <= nowMs && nowMs < stretch.toMs)?.person;
  return {
    communityName: say(demoCommunity.name),
    timeZone: demoCommunity.timeZone,
    commands,
    volunteerId: onDuty ?? demoCommunity.people.find((person) => person.role === 'volunteer')?.id ?? '',
  };
};
