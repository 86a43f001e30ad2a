/** The whole demo community on the wire: cameras with their ONVIF and RTSP ports, the barrier, the alarm panel, discovery. */
import { type Barrier, createBarrier } from './barrier.ts';
import { type SimulatedCamera, createCamera } from './camera.ts';
import { type DemoLanguage, demoCommunity } from '../community/community.ts';
import { createDiscovery } from '../onvif/discovery.ts';
import type { RelayBoard } from '../onvif/relays.ts';
import { type Clip, gateClips, placeClips, snapshotFile } from '../pictures/clips.ts';
import { createPacer } from '../rtsp-server/pacer.ts';
import { gateProgramme, loopProgramme } from '../rtsp-server/programme.ts';
import { type Panel, type SiaTarget, createPanel } from '../sia/panel.ts';

export interface SimulatorOptions {
  /** 1 to 64; above 16 the places repeat. */
  readonly cameras: number;
  readonly host: string;
  /** Ports are taken from here on (control first, then two for each camera); 0 for any. */
  readonly portBase: number;
  readonly sia?: SiaTarget;
  readonly discovery: boolean;
  /** Seconds between the panel's signs of life. */
  readonly supervisionSeconds: number;
  /** Seconds of silence after which an RTSP session ends. */
  readonly rtspTimeoutSeconds: number;
  /** RTSP offers Basic only, as older cameras do. */
  readonly basicOnly: boolean;
  /** What the captions in the pictures are written in. */
  readonly language: DemoLanguage;
  /** Motion is reported by itself now and then. */
  readonly ownMotion: boolean;
}

export interface Simulators {
  readonly cameras: readonly SimulatedCamera[];
  readonly barrier: Barrier;
  readonly panel: Panel;
  /** UTC milliseconds of picture 0 of all streams (before each stream's phase). */
  readonly epochMs: number;
  /** Why discovery does not answer, empty where it does or was not asked for. */
  readonly discoveryProblem: string;
  close(): Promise<void>;
}

const noBoard: RelayBoard = { relays: [], inputs: [], set: () => 'fault', input: () => false };

/** Motion of a camera by itself: five seconds in each period, another moment for each. */
const motionPeriodMs = 60_000;
const motionMs = 5000;

export const createSimulators = async (options: SimulatorOptions): Promise<Simulators> => {
  const { gate } = demoCommunity;
  const pacer = createPacer();
  const cameras: SimulatedCamera[] = [];
  const barrier = createBarrier({
    now: () => pacer.now(),
    after: (ms, then) => {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
    travelMs: gate.travelMs,
    limits: (open, closed) => {
      cameras[0]?.input(gate.openInput, open);
      cameras[0]?.input(gate.closedInput, closed);
    },
  });
  const board: RelayBoard = {
    relays: [gate.openRelay, gate.closeRelay],
    inputs: [gate.openInput, gate.closedInput],
    set: (token, active) => (active ? barrier.pulse(token === gate.openRelay ? 'open' : 'close') : 'taken'),
    input: (token) => (token === gate.openInput ? barrier.state().openLimit : barrier.state().closedLimit),
  };
  const { language } = options;
  const shift = (place: number): number => (place * 13) % 30;
  for (let place = 0; place < options.cameras; place += 1) {
    const known = demoCommunity.cameras[place % demoCommunity.cameras.length];
    if (!known) throw new Error('the demo community has no cameras');
    const round = Math.floor(place / demoCommunity.cameras.length);
    const camera = round === 0 ? known : { ...known, id: `camera-${String(place + 1).padStart(2, '0')}` };
    const clip: Clip | undefined = placeClips[(place % demoCommunity.cameras.length) - 1];
    cameras.push(
      await createCamera({
        camera,
        place,
        host: options.host,
        pacer,
        onvifPort: options.portBase === 0 ? 0 : options.portBase + 1 + place * 2,
        rtspPort: options.portBase === 0 ? 0 : options.portBase + 2 + place * 2,
        programmes: clip
          ? {
              main: loopProgramme(clip, 'main', language, shift(place)),
              sub: loopProgramme(clip, 'sub', language, shift(place)),
            }
          : { main: gateProgramme('main', language, barrier.arm), sub: gateProgramme('sub', language, barrier.arm) },
        snapshot: () => snapshotFile(clip ?? gateClips[barrier.arm().doing], language),
        board: place === 0 ? board : noBoard,
        timeoutSeconds: options.rtspTimeoutSeconds,
        basicOnly: options.basicOnly,
      }),
    );
  }
  const panel = createPanel({
    account: demoCommunity.panel.account,
    supervisionMs: options.supervisionSeconds * 1000,
    ...(options.sia ? { target: options.sia } : {}),
  });
  const byUuid = new Map(cameras.map((one) => [one.uuid, one]));
  const discovery = options.discovery
    ? await createDiscovery(
        options.host,
        cameras.map((one) => ({ uuid: one.uuid, xaddr: one.addresses.onvif, scopes: one.scopes })),
        (uuid) => byUuid.get(uuid)?.fault() !== 'unplug',
      )
    : undefined;
  const movers = options.ownMotion ? cameras.filter((_, k) => demoCommunity.cameras[k]?.reportsMotion === true) : [];
  const stirring = new Set<SimulatedCamera>();
  const motion = setInterval(() => {
    const at = Date.now() % motionPeriodMs;
    movers.forEach((one, k) => {
      const start = (k * motionPeriodMs) / movers.length;
      const now = at >= start && at < start + motionMs;
      // Told at the edges only, so that motion caused by hand stays until it is ended by hand.
      if (now === stirring.has(one)) return;
      if (now) stirring.add(one);
      else stirring.delete(one);
      one.motion(now);
    });
  }, 1000);
  return {
    cameras,
    barrier,
    panel,
    epochMs: pacer.epochMs,
    discoveryProblem: discovery?.problem ?? '',
    close: async () => {
      clearInterval(motion);
      discovery?.close();
      panel.close();
      barrier.close();
      pacer.close();
      await Promise.all(cameras.map((one) => one.close()));
    },
  };
};
