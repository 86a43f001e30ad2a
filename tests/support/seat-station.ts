/**
 * A whole station in memory behind the real gateway, for seats in a browser. Its devices are the fakes of the ports, its connections can be
 * cut, silenced and kept without answers at the gateway. Its clock goes on with this machine's and can be moved on by hand.
 */
import type { Answer, Command, CommandOf, CommandType } from '../../electron/contract/commands.schema.ts';
import type { RecordedFact } from '../../electron/domain/kernel/fact.ts';
import type { Station } from '../../electron/station/station.ts';
import type { SeatConnection, SeatHandle } from '../../electron/station/ports/seat.port.ts';
import { createGateway } from '../../native/gateway/gateway.ts';
import { cameraIds, SEAT_PIN, seatCommunity } from './seat-community.ts';
import {
  connect,
  createWorld,
  pass,
  settle,
  stationOf,
  valueOf,
  type TestSeat,
  type World,
} from './station-harness.ts';

type Fields<T extends CommandType> = Omit<CommandOf<T>, 'id' | 'type' | 'occurredAt'>;
type Taken = Extract<Answer, { ok: true }>['value'];

export interface SeatStation {
  /** The devices and the storage around the station, to be spoilt by a test: `world.sounder.breakDown('missing')`. */
  readonly world: World;
  readonly origin: string;
  /** The address a person would open. `more` is added to the query, `place` after `#/`. */
  readonly url: (more?: string, place?: string) => string;
  /** A help button is pressed: `help-502` or `help-201`. Pressed again while its call is open, it is the same call. */
  readonly press: (helpPointId?: 'help-502' | 'help-201') => void;
  /** The gate's arm stands there, whoever moved it; `unknown`: its controller cannot be reached. */
  readonly armSeen: (position: 'open' | 'closed' | 'moving' | 'unknown') => void;
  /** Moves the station's time on, milliseconds; what falls due on the way happens. */
  readonly moveTime: (ms: number) => Promise<void>;
  /** Every command that seats gave, in order, those asked again too. */
  readonly commands: readonly Command[];
  /** What the journal says happened, oldest first. */
  readonly facts: (type: string) => readonly RecordedFact[];
  /** Somebody gives a command at another seat; it must be taken. It is none of `commands`. */
  readonly give: <T extends CommandType>(personId: string, type: T, fields: Fields<T>) => Promise<Taken>;
  /** As `give`, and the seat says that it happened at another time, UTC milliseconds. */
  readonly giveAt: <T extends CommandType>(
    personId: string,
    atMs: number,
    type: T,
    fields: Fields<T>,
  ) => Promise<Taken>;
  /** A session of this person, as a seat keeps it. */
  readonly sessionOf: (personId: string) => Promise<string>;
  /** The process stands still: nothing comes in or out until it goes on, and then all of it does. No connection is closed. */
  readonly silence: (on: boolean) => void;
  /** Drops every connection and lets none in until `back`. */
  readonly cut: () => void;
  readonly back: () => void;
  /** While held, commands are carried out and their answers are lost on the way. */
  readonly hold: (on: boolean) => void;
  /** Connections now. */
  readonly seats: () => number;
  readonly close: () => Promise<void>;
}

export interface SeatStationOptions {
  /** Folder of the built seat. */
  readonly staticDir: string;
  /** Nothing has been set up; the demo can be started. */
  readonly empty?: boolean;
}

const TOKEN = 'seat-journey-token';
/** How often the station's clock follows this machine's. */
const PUMP_MS = 20;
/** The receiver's sign of life. */
const ALIVE_MS = 60_000;

/** Somebody at a seat without a browser. */
const seatedAt = async (station: Station, world: World, personId: string): Promise<TestSeat> => {
  const seat = connect(station, world.clock, world.ids);
  if (!(await seat.signIn(personId, SEAT_PIN))) throw new Error(`${personId} was not signed in`);
  return seat;
};

/** Two visitors of today and a note, so that no list is empty. */
const liveADay = async (station: Station, world: World): Promise<void> => {
  const seat = await seatedAt(station, world, 'p-li');
  const delivery = { kind: 'delivery', name: '赵送货', phone: null, plate: '湘D12345', visiting: '1-2-301' } as const;
  const care = { kind: 'care', name: '周护理', phone: '138 0000 0003', plate: null, visiting: '3-1-502' } as const;
  const { visitId } = valueOf(await seat.command('registerVisit', delivery));
  valueOf(await seat.command('visitorLeft', { visitId: String(visitId) }));
  valueOf(await seat.command('registerVisit', care));
  valueOf(await seat.command('addNote', { text: '南门路灯不亮，已告诉物业。' }));
  seat.leave();
};

export const createSeatStation = async (options: SeatStationOptions): Promise<SeatStation> => {
  const world = createWorld({ seed: seatCommunity });
  const { clock, panels, barriers, video } = world;
  // No pictures: nobody listens where the fake's ticket leads.
  const noPictures = async (): Promise<never> => {
    throw new Error('there are no pictures in this station');
  };
  const deps = { ...world.deps, video: { ...video, issueTicket: noPictures } };
  const { station, demo } = stationOf(deps, world.demo);
  await station.start();

  const links = new Set<SeatConnection>();
  const commands: Command[] = [];
  let waiting: (() => void)[] = [];
  let silent = false;
  let away = false;
  let held = false;
  const through = (work: () => void): void => {
    if (silent) waiting.push(work);
    else work();
  };
  const connectSeat = (connection: SeatConnection): SeatHandle => {
    if (away) {
      connection.close();
      return { receive: () => undefined, isOccupied: () => false, closed: () => undefined };
    }
    links.add(connection);
    const handle = station.connectSeat({
      ...connection,
      send: (message) => {
        if (!(held && message.t === 'answer')) through(() => connection.send(message));
      },
    });
    return {
      receive: (message) =>
        through(() => {
          if (message.t === 'command') commands.push(message.command);
          handle.receive(message);
        }),
      isOccupied: handle.isOccupied,
      closed: () => {
        links.delete(connection);
        handle.closed();
      },
    };
  };
  const gateway = await createGateway({
    port: 0,
    token: TOKEN,
    staticDir: options.staticDir,
    extraOrigins: [],
    connectSeat,
    redeem: world.results.redeem,
    log: world.log,
    nowMs: Date.now,
  });

  if (options.empty !== true) {
    await demo.start('zh-CN');
    await settle();
    for (const cameraId of cameraIds) {
      const stream = { fault: null, codec: null, width: null, height: null } as const;
      video.report({ cameraId, quality: 'main', state: 'live', sinceMs: clock.nowMs(), ...stream });
    }
    await pass(clock, 100, 100);
    await liveADay(station, world);
  }
  const live = (): void => {
    panels.sendAlive('4F39');
    clock.after(ALIVE_MS, live);
  };
  live();
  const giveAt: SeatStation['giveAt'] = async (personId, atMs, type, fields) => {
    const seat = await seatedAt(station, world, personId);
    const answer = await seat.command(type, fields, { occurredAt: atMs });
    seat.leave();
    if (!answer.ok) throw new Error(`refused: ${answer.refusal.kind}`);
    return answer.value;
  };
  let pumpedMs = performance.now();
  const pump = setInterval(() => {
    const ms = Math.floor(performance.now() - pumpedMs);
    pumpedMs += ms;
    clock.advance(ms);
  }, PUMP_MS);

  return {
    world,
    origin: `http://127.0.0.1:${gateway.port}`,
    url: (more = '', place = 'room') => `${gateway.url}${more === '' ? '' : `&${more}`}#/${place}`,
    press: (helpPointId = 'help-502') => {
      const zone = helpPointId === 'help-502' ? '1' : '2';
      panels.sendEvent({ account: '4F39', zone, code: 'QA', protocol: 'SIA-DCS', meaning: 'help', restored: false });
    },
    armSeen: (position) => {
      barriers.setLink('gate-north', position !== 'unknown');
      if (position !== 'unknown') barriers.stand('gate-north', position);
    },
    moveTime: (ms) => pass(clock, ms),
    commands,
    facts: (type) => world.journal.facts(0, 100_000).filter((fact) => fact.type === type),
    give: (personId, type, fields) => giveAt(personId, clock.nowMs(), type, fields),
    giveAt,
    sessionOf: async (personId) => {
      const seat = await seatedAt(station, world, personId);
      const token = seat.token() ?? '';
      seat.leave();
      return token;
    },
    silence: (on) => {
      silent = on;
      if (on) return;
      const kept = waiting;
      waiting = [];
      for (const work of kept) work();
    },
    cut: () => {
      away = true;
      for (const link of links) link.close();
    },
    back: () => {
      away = false;
    },
    hold: (on) => {
      held = on;
    },
    seats: () => links.size,
    close: async () => {
      clearInterval(pump);
      await station.stop();
      await gateway.close();
      await settle();
    },
  };
};
