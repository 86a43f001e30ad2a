/** A whole station in memory: simulated clock, fake ports, seats without a socket. */
import type { Answer, Command, CommandOf, CommandType } from '../../electron/contract/commands.schema.ts';
import type { SeatMessage, StationMessage } from '../../electron/contract/messages.schema.ts';
import { collectionNames, collections, type CollectionName, type Views } from '../../electron/contract/views.schema.ts';
import { canonicalJson } from '../../electron/domain/kernel/canonical.ts';
import { createStation } from '../../electron/station/create-station.ts';
import type { Clock, Ids, Log } from '../../electron/station/ports/clock.port.ts';
import type { Feature } from '../../electron/station/core/define-feature.ts';
import { demoFeature } from '../../electron/station/features/demo/demo.feature.ts';
import type { DemoPort, DemoSeed } from '../../electron/station/features/demo/demo.port.ts';
import type { Demo } from '../../electron/station/features/demo/demo.ts';
import { stationFeatures } from '../../electron/station/features.ts';
import type { Journal } from '../../electron/station/ports/journal.port.ts';
import type { Station } from '../../electron/station/station.ts';
import type { StationDeps } from '../../electron/station/core/station-deps.ts';
import { createFakeBarrier } from './fake-barrier.ts';
import { createFakeDemo } from './fake-demo.ts';
import { createCountingIds } from './fake-ids.ts';
import { createFakeJournal } from './fake-journal.ts';
import { createFakeLogReader } from './fake-log-reader.ts';
import { createFakeOnvif } from './fake-onvif.ts';
import { createFakePanel } from './fake-panel.ts';
import { createFakePictures } from './fake-pictures.ts';
import { createFakePins } from './fake-pins.ts';
import { createFakeResults } from './fake-results.ts';
import { createFakeSeat } from './fake-seat.ts';
import { createFakeSounder } from './fake-sounder.ts';
import { createFakeSealedList } from './fake-sealed-list.ts';
import { createFakeSecrets, createFakeVault } from './fake-vault.ts';
import { createFakeVideo } from './fake-video.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { createMemoryLog } from './system-clock.ts';
import { createTurns } from './turns.ts';

export const PINS = { manager: '7391', volunteer: '2580', guard: '8246' } as const;

const emptySeed = (): DemoSeed => ({
  communityName: '示范小区',
  timeZone: 'Asia/Shanghai',
  commands: [],
  volunteerId: 'li',
});

/** What outlives a station that is dropped: its storage, and the world around it. */
export interface World {
  readonly clock: ManualClock;
  readonly ids: Ids;
  readonly journal: ReturnType<typeof createFakeJournal>;
  readonly vault: ReturnType<typeof createFakeVault>;
  readonly pictures: ReturnType<typeof createFakePictures>;
  readonly barriers: ReturnType<typeof createFakeBarrier>;
  readonly onvif: ReturnType<typeof createFakeOnvif>;
  readonly panels: ReturnType<typeof createFakePanel>;
  readonly sounder: ReturnType<typeof createFakeSounder>;
  readonly video: ReturnType<typeof createFakeVideo>;
  readonly demo: ReturnType<typeof createFakeDemo>;
  readonly results: ReturnType<typeof createFakeResults>;
  readonly log: ReturnType<typeof createMemoryLog>;
  readonly deps: StationDeps;
}

/** A defect of the station's own is no line in a log here, but a test that fails. */
const failOnDefect =
  ({ error }: Log): Log['error'] =>
  (message, fields) => {
    error(message, fields);
    if (message === 'a defect') throw new Error(`the station says: ${JSON.stringify(fields)}`);
  };

export const createWorld = (
  options: { readonly seed?: (nowMs: number) => DemoSeed; readonly wrapJournal?: (journal: Journal) => Journal } = {},
): World => {
  const turns = createTurns();
  const { ending } = turns;
  const clock = createManualClock(undefined, turns.end);
  const ids = createCountingIds();
  const journal = createFakeJournal();
  const vault = createFakeVault();
  const results = createFakeResults();
  const pictures = createFakePictures(vault);
  const memory = createMemoryLog();
  const log = { ...memory, error: failOnDefect(memory) };
  const arms = createFakeBarrier(clock);
  const barriers = { ...arms, setLink: ending(arms.setLink), stand: ending(arms.stand) };
  const devices = createFakeOnvif(clock);
  const onvif = {
    ...devices,
    setReachable: ending(devices.setReachable),
    setInput: ending(devices.setInput),
    emit: ending(devices.emit),
  };
  const receiver = createFakePanel(clock);
  const panels = {
    ...receiver,
    sendEvent: ending(receiver.sendEvent),
    sendAlive: ending(receiver.sendAlive),
    tell: ending(receiver.tell),
    failPlaces: ending(receiver.failPlaces),
  };
  const sounder = createFakeSounder();
  const cameras = createFakeVideo(clock);
  const video = { ...cameras, report: ending(cameras.report) };
  const demo = createFakeDemo(options.seed ?? emptySeed);
  const deps: StationDeps = {
    clock,
    ids,
    log,
    vault,
    pictures,
    sealedIndex: vault.index,
    sealedList: createFakeSealedList(vault),
    barriers,
    onvif,
    panels,
    sounder,
    video,
    journal: (options.wrapJournal ?? ((same) => same))(journal),
    logReader: createFakeLogReader(journal),
    secrets: createFakeSecrets(),
    results,
    pins: createFakePins(),
    later: turns.later,
    version: '0.0.0-test',
    panelOptions: null,
    lastPanelPort: 0,
    startedAgain: null,
  };
  return { clock, ids, journal, vault, pictures, barriers, onvif, panels, sounder, video, demo, results, log, deps };
};

/** All features of a station, the demo and `more` with them. */
export const allFeatures = (
  demo: DemoPort = createFakeDemo(emptySeed),
  { offered = true, more = [], onServed }: StationOptions & { readonly onServed?: (served: Demo) => void } = {},
): readonly Feature[] => [
  ...stationFeatures,
  demoFeature({ port: demo, offered, ...(onServed === undefined ? {} : { onServed }) }),
  ...more,
];

export interface StationOptions {
  /** Whether seats may start the demo. */
  readonly offered?: boolean;
  /** Further features. */
  readonly more?: readonly Feature[];
}

/** A station of these ports, and its demo. */
export const stationOf = (
  deps: StationDeps,
  demo: DemoPort,
  options: StationOptions = {},
): { readonly station: Station; readonly demo: Demo } => {
  const served: Demo[] = [];
  const station = createStation(deps, allFeatures(demo, { ...options, onServed: (one) => served.push(one) }));
  const [running] = served;
  if (running === undefined) throw new Error('the station serves no demo');
  return { station, demo: running };
};

/** Lets everything that waits for nothing but its turn have it. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** Moves time on in steps, letting promises settle between them, as a real clock would. */
export const pass = async (clock: ManualClock, ms: number, stepMs = 1000): Promise<void> => {
  for (let left = ms; left > 0; left -= stepMs) {
    clock.advance(Math.min(stepMs, left));
    await settle();
  }
};

type Fields<T extends CommandType> = Omit<CommandOf<T>, 'id' | 'type' | 'occurredAt'>;
type CommandOptions = { readonly id?: string; readonly occurredAt?: number };

/** A seat as a test holds it; it checks every message against the contract. */
export interface TestSeat {
  readonly received: StationMessage[];
  readonly send: (message: SeatMessage) => void;
  readonly make: <T extends CommandType>(type: T, fields: Fields<T>, options?: CommandOptions) => Command;
  readonly give: (command: Command) => Promise<Answer>;
  readonly command: <T extends CommandType>(type: T, fields: Fields<T>, options?: CommandOptions) => Promise<Answer>;
  readonly reply: (id: string) => Extract<StationMessage, { t: 'reply' }> | undefined;
  readonly signIn: (personId: string, pin: string) => Promise<boolean>;
  readonly rows: <Name extends CollectionName>(collection: Name) => readonly Views[Name][];
  readonly seq: () => number;
  readonly token: () => string | null;
  readonly buffer: (bytes: number) => void;
  readonly isClosed: () => boolean;
  readonly leave: () => void;
}

export interface ConnectOptions {
  readonly seatId?: string;
  readonly seatKey?: string;
  readonly sound?: 'on' | 'off';
  readonly session?: string | null;
  readonly fresh?: boolean;
  /** Windows that it shows; all of them unless said otherwise. */
  readonly shows?: readonly CollectionName[];
  readonly resume?: { readonly bootId: string; readonly seq: number } | null;
  readonly rows?: ReadonlyMap<string, unknown>;
}

let seatNumber = 0;

/** Connects a seat and says hello. */
export const connect = (station: Station, clock: Clock, ids: Ids, options: ConnectOptions = {}): TestSeat => {
  const received: StationMessage[] = [];
  const rows = new Map<string, unknown>(options.rows);
  let seq = options.resume?.seq ?? 0;
  let token = options.session ?? null;
  const link = createFakeSeat(station.connectSeat, {
    onLate: (message) => {
      throw new Error(`sent to a closed seat: ${message.t}`);
    },
    onMessage: (message) => {
      received.push(message);
      if (message.t === 'welcome' || message.t === 'signedIn') token = message.sessionToken ?? token;
      if (message.t !== 'snapshot' && message.t !== 'patch') return;
      if (message.t === 'snapshot') rows.clear();
      else if (message.after !== seq) throw new Error(`patch after ${message.after}, the seat is at ${seq}`);
      for (const { collection, key, doc } of message.rows) {
        if (doc === null) rows.delete(`${collection}/${key}`);
        else rows.set(`${collection}/${key}`, collections[collection].parse(doc));
      }
      ({ seq } = message);
    },
  });
  const make = <T extends CommandType>(type: T, fields: Fields<T>, { id, occurredAt }: CommandOptions = {}): Command =>
    ({ ...fields, type, id: id ?? ids.next(), occurredAt: occurredAt ?? clock.nowMs() }) as Command;
  const give = async (command: Command): Promise<Answer> => {
    const from = received.length;
    link.send({ t: 'command', command });
    for (let turn = 0; turn < 50; turn += 1) {
      await settle();
      const found = received.slice(from).find((message) => message.t === 'answer' && message.commandId === command.id);
      if (found?.t === 'answer') return found.answer;
    }
    throw new Error(`no answer to ${command.type}`);
  };
  seatNumber += 1;
  link.send({
    t: 'hello',
    seatId: options.seatId ?? `seat-${seatNumber}`,
    ...(options.seatKey === undefined ? {} : { seatKey: options.seatKey }),
    session: token,
    fresh: options.fresh ?? false,
    resume: options.resume ?? null,
    shows: [...(options.shows ?? collectionNames)],
    sound: options.sound ?? 'on',
  });
  const reply = (id: string) =>
    received.find(
      (message): message is Extract<StationMessage, { t: 'reply' }> => message.t === 'reply' && message.id === id,
    );
  return {
    received,
    send: link.send,
    make,
    give,
    command: (type, fields, commandOptions) => give(make(type, fields, commandOptions)),
    reply,
    signIn: async (personId, pin) => {
      const id = ids.next();
      link.send({ t: 'signIn', id, personId, pin });
      await settle();
      return reply(id)?.ok === true;
    },
    rows: (collection) =>
      [...rows]
        .filter(([key]) => key.startsWith(`${collection}/`))
        .map(([, doc]) => collections[collection].parse(doc) as never),
    seq: () => seq,
    token: () => token,
    buffer: link.buffer,
    isClosed: link.isClosed,
    leave: link.leave,
  };
};

/** The value of an answer that must be a success. */
export const valueOf = (answer: Answer): Readonly<Record<string, unknown>> => {
  if (!answer.ok) throw new Error(`refused: ${canonicalJson(answer.refusal)}`);
  return answer.value;
};

/** Why it was refused, or `taken`. */
export const refusalOf = (answer: Answer): string => (answer.ok ? 'taken' : answer.refusal.kind);

/** All that the station keeps and says, as one text: nothing personal may be in the plain in it. */
export const everythingStored = ({ journal }: World): string =>
  canonicalJson({
    facts: journal.facts(0, 100_000),
    rows: internalCollections.map((collection) => journal.rows(collection)),
    outbox: journal.outbox(),
    deadlines: journal.deadlines().map(({ key, dueAt }) => `${key} ${dueAt}`),
  });

const internalCollections = [
  ...Object.keys(collections),
  'machines',
  'recovery',
  'demo',
  'stationKeys',
  'personSecrets',
  'cameraSecrets',
  'sessionIndex',
  'forgottenSubjects',
  'openAlarms',
  'occurrences',
  'helpPointZones',
  'meta',
];

/** Every read-model table in one canonical text. */
export const dumpReadModels = (journal: Journal): string =>
  canonicalJson(internalCollections.map((name) => [name, journal.rows(name)]));

/** A station that can die: from then on it hears nothing, does nothing, and the world goes on without it. */
export interface Mortal {
  readonly deps: StationDeps;
  readonly kill: () => void;
}

/** The ports as one process holds them. After `kill` its timers, listeners and answers are cut off, as they are by `kill -9`. */
const createMortal = (deps: StationDeps): Mortal => {
  let alive = true;
  const held =
    <Arguments extends readonly unknown[], Answer>(callback: (...given: Arguments) => Answer, otherwise: Answer) =>
    (...given: Arguments): Answer =>
      alive ? callback(...given) : otherwise;
  const journal: Journal = {
    ...deps.journal,
    transact: (work) => {
      if (!alive) throw new Error('a dead station wrote into the journal');
      return deps.journal.transact(work);
    },
  };
  return {
    deps: {
      ...deps,
      journal,
      later: (work) => deps.later(held(work, undefined)),
      clock: { ...deps.clock, after: (delayMs, callback) => deps.clock.after(delayMs, held(callback, undefined)) },
      panels: {
        ...deps.panels,
        onListening: (listener) => deps.panels.onListening(held(listener, undefined)),
        onReport: (listener) => {
          const mine = held(listener, 'refused');
          let on = true;
          const stop = deps.panels.onReport((report) => (alive && on ? mine(report) : 'committed'));
          return () => {
            on = false;
            stop();
          };
        },
      },
      barriers: {
        ...deps.barriers,
        onReport: (listener) => deps.barriers.onReport(held(listener, undefined)),
        drive: async (...given) => {
          const result = await deps.barriers.drive(...given);
          return alive ? result : new Promise(() => undefined);
        },
      },
      video: { ...deps.video, onReport: (listener) => deps.video.onReport(held(listener, undefined)) },
      onvif: {
        ...deps.onvif,
        listen: (target, onEvent, onState) =>
          deps.onvif.listen(target, held(onEvent, undefined), held(onState, undefined)),
      },
    },
    kill: () => {
      alive = false;
    },
  };
};

/** A station with a community: a manager, a volunteer and a guard, two cameras, a gate, a help point and somebody to call. */
export const createTestStation = async (world: World = createWorld(), options: StationOptions = {}) => {
  const mortal = createMortal(world.deps);
  const { station } = stationOf(mortal.deps, world.demo, options);
  await station.start();
  const seat = connect(station, world.clock, world.ids);
  const established = await seat.command('establishCommunity', {
    name: '龙湾小区',
    timeZone: 'Asia/Shanghai',
    managerName: '张建国',
    pin: PINS.manager,
  });
  const managerId = String(valueOf(established)['personId']);
  const recoveryCode = String(valueOf(established)['recoveryCode']);
  await seat.signIn(managerId, PINS.manager);
  const person = { active: true } as const;
  valueOf(
    await seat.command('addPerson', {
      personId: 'li',
      name: '李阿姨',
      phone: '13700004444',
      role: 'volunteer',
      pin: PINS.volunteer,
      ...person,
    }),
  );
  valueOf(
    await seat.command('addPerson', { personId: 'wu', name: '吴师傅', role: 'guard', pin: PINS.guard, ...person }),
  );
  const camera = { place: '北门', subUrl: null, username: 'admin', password: 'camera-secret-1' } as const;
  const onvifAddress = 'http://192.0.2.1/onvif/device_service';
  valueOf(
    await seat.command('addCamera', {
      cameraId: 'gate',
      name: '北门',
      onvifAddress,
      mainUrl: 'rtsp://192.0.2.1/main',
      ...camera,
    }),
  );
  valueOf(
    await seat.command('addCamera', {
      cameraId: 'stairs',
      name: '3栋楼道',
      onvifAddress: null,
      mainUrl: 'rtsp://192.0.2.2/main',
      ...camera,
    }),
  );
  const inputs = { openRelay: 'r1', closeRelay: 'r2', openInput: 'i1', closedInput: 'i2', travelMs: 3000 };
  valueOf(await seat.command('addBarrier', { barrierId: 'north', name: '北门道闸', cameraId: 'gate', ...inputs }));
  const wire = { account: '4F39', zone: '3', supervisionMs: 60_000, cameraIds: ['stairs'] };
  valueOf(
    await seat.command('addHelpPoint', { helpPointId: 'hp502', place: '3栋1单元502', residentName: '王奶奶', ...wire }),
  );
  valueOf(await seat.command('addContact', { contactId: 'son', name: '王小明', phone: '13900001111', rank: 1 }));
  for (const cameraId of ['gate', 'stairs']) {
    const still = { fault: null, codec: null, width: null, height: null } as const;
    world.video.report({ cameraId, quality: 'main', state: 'live', sinceMs: world.clock.nowMs(), ...still });
  }
  await pass(world.clock, 100, 100);
  return { ...world, world, station, kill: mortal.kill, manager: seat, managerId, recoveryCode };
};

export type TestStation = Awaited<ReturnType<typeof createTestStation>>;

/** Presses the help button of `hp502`. */
export const pressHelp = ({ panels }: Pick<World, 'panels'>, restored = false): 'ACK' | 'NAK' =>
  panels.sendEvent({ account: '4F39', zone: '3', code: 'QA', protocol: 'SIA-DCS', meaning: 'help', restored });

/** A seat at which this person is signed in. */
export const seatOf = async (
  test: TestStation,
  personId: 'li' | 'wu',
  options: ConnectOptions = {},
): Promise<TestSeat> => {
  const seat = connect(test.station, test.clock, test.ids, options);
  const signedIn = await seat.signIn(personId, personId === 'li' ? PINS.volunteer : PINS.guard);
  if (!signedIn) throw new Error(`${personId} was not signed in`);
  return seat;
};

/** Kills the station as a crash would, without a word, lets the world go on for a while, and starts another on what it left. */
export const crashAndRestart = async (
  test: TestStation,
  change: { readonly awayMs?: number; readonly wallMs?: number } = {},
): Promise<TestStation> => {
  test.kill();
  await settle();
  test.clock.advance(change.awayMs ?? 0);
  if (change.wallMs !== undefined) test.clock.setWall(change.wallMs);
  const mortal = createMortal(test.world.deps);
  const { station } = stationOf(mortal.deps, test.world.demo);
  await station.start();
  await settle();
  const manager = connect(station, test.clock, test.ids, { session: test.manager.token() });
  return { ...test, station, kill: mortal.kill, manager };
};
