/** What can be caused by hand: one function for each action, the same for the page, the API and tests. */
import { z } from 'zod';
import { type BarrierFault, barrierFaults } from '../devices/barrier.ts';
import { type CameraFault, cameraFaults } from '../devices/camera.ts';
import { demoCommunity } from '../community/community.ts';
import type { Simulators } from '../devices/simulators.ts';

const isOneOf =
  <T extends string>(known: readonly T[]) =>
  (value: unknown): value is T =>
    known.some((one) => one === value);

const camera = z.object({ camera: z.string().max(40) });
const dialect = z.enum(['sia', 'cid']).default('sia');
const help = z.object({ residence: z.string().max(20), dialect });

/** Request bodies by action; the name is the last part of `POST /api/<action>`. */
const actions = {
  /** Presses the help button of a residence. */
  press: help,
  restore: help,
  silencePanel: z.object({ silent: z.boolean() }),
  /** Where the panel reports to; without a port it reports nowhere. */
  siaTarget: z.object({
    host: z.string().max(255).default('127.0.0.1'),
    port: z.number().int().min(1).max(65_535).optional(),
  }),
  cameraFault: camera.extend({ fault: z.custom<CameraFault>(isOneOf(cameraFaults)) }),
  dropCamera: camera,
  forgetSubscriptions: camera,
  motion: camera.extend({ on: z.boolean() }),
  tamper: camera.extend({ on: z.boolean() }),
  barrierFault: z.object({ fault: z.custom<BarrierFault>(isOneOf(barrierFaults)) }),
  /** Moves the arm as a hand switch in the gatehouse does. */
  pulse: z.object({ direction: z.enum(['open', 'close']) }),
} as const;

type ActionName = keyof typeof actions;

const isAction = (name: string): name is ActionName => Object.hasOwn(actions, name);

type Outcome =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly kind: 'unknownAction' | 'badRequest' | 'unknownCamera' | 'unknownResidence' | 'refused';
      readonly detail: string;
    };

const done: Outcome = { ok: true };

export interface Control {
  /** Decodes and performs one action. */
  perform(action: string, body: unknown): Promise<Outcome>;
  /** Everything the page shows, as plain JSON. */
  state(): unknown;
}

export const createControl = (simulators: Simulators): Control => {
  const { barrier, panel } = simulators;
  const onCamera = async (
    id: string,
    then: (one: Simulators['cameras'][number]) => void | Promise<void>,
  ): Promise<Outcome> => {
    const found = simulators.cameras.find((one) => one.addresses.id === id);
    if (!found) return { ok: false, kind: 'unknownCamera', detail: id };
    await then(found);
    return done;
  };
  const onButton = (residence: string, then: (zone: number) => void): Outcome => {
    const found = demoCommunity.helpPoints.find((one) => one.residence === residence);
    if (!found) return { ok: false, kind: 'unknownResidence', detail: residence };
    then(found.zone);
    return done;
  };
  /** Decodes the body with the action's schema, then acts. */
  const on =
    <T>(schema: z.ZodType<T>, act: (input: T) => Outcome | Promise<Outcome>) =>
    async (body: unknown): Promise<Outcome> => {
      const read = schema.safeParse(body);
      return read.success ? act(read.data) : { ok: false, kind: 'badRequest', detail: z.prettifyError(read.error) };
    };
  const after = (act: () => void): Outcome => {
    act();
    return done;
  };
  const handlers: Readonly<Record<ActionName, (body: unknown) => Promise<Outcome>>> = {
    press: on(actions.press, (input) => onButton(input.residence, (zone) => panel.press(zone, input.dialect))),
    restore: on(actions.restore, (input) => onButton(input.residence, (zone) => panel.restore(zone, input.dialect))),
    silencePanel: on(actions.silencePanel, ({ silent }) => after(() => panel.silence(silent))),
    siaTarget: on(actions.siaTarget, ({ host, port }) =>
      after(() => panel.setTarget(port === undefined ? undefined : { host, port })),
    ),
    cameraFault: on(actions.cameraFault, (input) => onCamera(input.camera, (one) => one.setFault(input.fault))),
    dropCamera: on(actions.dropCamera, (input) => onCamera(input.camera, (one) => one.drop())),
    forgetSubscriptions: on(actions.forgetSubscriptions, (input) =>
      onCamera(input.camera, (one) => one.forgetSubscriptions()),
    ),
    motion: on(actions.motion, (input) => onCamera(input.camera, (one) => one.motion(input.on))),
    tamper: on(actions.tamper, (input) => onCamera(input.camera, (one) => one.tamper(input.on))),
    barrierFault: on(actions.barrierFault, ({ fault }) => after(() => barrier.setFault(fault))),
    pulse: on(actions.pulse, ({ direction }) => {
      const outcome = barrier.pulse(direction);
      return outcome === 'taken' ? done : { ok: false, kind: 'refused', detail: outcome };
    }),
  };
  return {
    perform: async (action, body) =>
      isAction(action) ? handlers[action](body) : { ok: false, kind: 'unknownAction', detail: action },
    state: () => ({
      community: demoCommunity.name,
      epochMs: simulators.epochMs,
      discoveryProblem: simulators.discoveryProblem,
      cameras: simulators.cameras.map((one) => ({
        id: one.addresses.id,
        name: one.addresses.name,
        fault: one.fault(),
        viewers: one.viewers(),
      })),
      barrier: barrier.state(),
      panel: panel.state(),
      helpPoints: demoCommunity.helpPoints.map((one) => ({
        residence: one.residence,
        name: one.name,
        zone: one.zone,
        account: one.account,
      })),
    }),
  };
};
