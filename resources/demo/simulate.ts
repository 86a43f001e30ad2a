/**
 * `npm run simulate -- --cameras 16 --port-base N [--host A] [--sia HOST:PORT] [--discovery] [--attached]
 * [--lang zh-CN|en] [--basic-only] [--no-motion] [--supervision-seconds N] [--rtsp-timeout-seconds N]`
 *
 * Runs the demo community's simulators until a signal or a message stops them, with `--attached` also until standard input closes (the parent is
 * gone). Prints one JSON line when ready. The control port is always on 127.0.0.1; `--host` moves the devices only. `--lang` is the
 * language of the captions in the pictures.
 */
import { parseArgs } from 'node:util';
import { onStopWish } from '../../native/os/stop-wish.ts';
import { type DemoLanguage, demoCommunity, demoLanguages } from './community/community.ts';
import { createControl } from './control/api.ts';
import { controlPage } from './control/page.ts';
import { createControlServer } from './control/server.ts';
import { createSimulators } from './devices/simulators.ts';
import type { SiaTarget } from './sia/panel.ts';

// Not a debugger for whoever sends it: started by Electron or by hand, no argument keeps that closed.
process.on('SIGUSR1', () => undefined);

const { values } = parseArgs({
  options: {
    cameras: { type: 'string', default: '16' },
    'port-base': { type: 'string', default: '0' },
    host: { type: 'string', default: '127.0.0.1' },
    sia: { type: 'string' },
    discovery: { type: 'boolean', default: false },
    lang: { type: 'string', default: demoLanguages[0] },
    attached: { type: 'boolean', default: false },
    'supervision-seconds': { type: 'string', default: String(demoCommunity.panel.supervisionSeconds) },
    'rtsp-timeout-seconds': { type: 'string', default: '60' },
    'basic-only': { type: 'boolean', default: false },
    'no-motion': { type: 'boolean', default: false },
  },
});

const whole = (name: string, text: string, least: number, most: number): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  console.error(`--${name} takes a whole number from ${least} to ${most}, not "${text}"`);
  process.exit(2);
};

const languageOf = (text: string): DemoLanguage => {
  const language = demoLanguages.find((one) => one === text);
  if (language !== undefined) return language;
  console.error(`--lang takes ${demoLanguages.join(' or ')}, not "${text}"`);
  process.exit(2);
};

const targetOf = (text: string): SiaTarget => {
  const colon = text.lastIndexOf(':');
  return {
    host: text.slice(0, Math.max(0, colon)) || '127.0.0.1',
    port: whole('sia', text.slice(colon + 1), 1, 65_535),
  };
};

const portBase = whole('port-base', values['port-base'], 0, 65_000);
const simulators = await createSimulators({
  cameras: whole('cameras', values.cameras, 1, 64),
  host: values.host,
  portBase,
  ...(values.sia === undefined ? {} : { sia: targetOf(values.sia) }),
  discovery: values.discovery,
  supervisionSeconds: whole('supervision-seconds', values['supervision-seconds'], 1, 3600),
  rtspTimeoutSeconds: whole('rtsp-timeout-seconds', values['rtsp-timeout-seconds'], 1, 3600),
  language: languageOf(values.lang),
  basicOnly: values['basic-only'],
  ownMotion: !values['no-motion'],
}).catch((cause: unknown) => {
  console.error(`The demo community could not start: ${cause instanceof Error ? cause.message : String(cause)}`);
  process.exit(1);
});
const addresses = simulators.cameras.map((one) => one.addresses);
const control = await createControlServer(createControl(simulators), controlPage(addresses), portBase);
if (simulators.discoveryProblem !== '') console.error(`Discovery does not answer: ${simulators.discoveryProblem}`);

const { gate, panel, helpPoints } = demoCommunity;
console.log(
  JSON.stringify({
    simulator: 'ready',
    control: `http://127.0.0.1:${control.port}`,
    cameras: addresses,
    barrier: {
      camera: gate.camera,
      openRelay: gate.openRelay,
      closeRelay: gate.closeRelay,
      openInput: gate.openInput,
      closedInput: gate.closedInput,
      travelMs: gate.travelMs,
    },
    sia: {
      account: panel.account,
      supervisionSeconds: Number(values['supervision-seconds']),
      zones: helpPoints.map((one) => ({ zone: one.zone, residence: one.residence })),
    },
    epochMs: simulators.epochMs,
  }),
);

let ending = false;
const end = async (): Promise<void> => {
  if (ending) return;
  ending = true;
  setTimeout(() => process.exit(0), 2000).unref();
  await control.refuse();
  await simulators.close();
  process.exit(0);
};
onStopWish(() => void end());
if (values.attached) {
  process.stdin.on('end', () => void end());
  process.stdin.on('error', () => void end());
  process.stdin.resume();
}
