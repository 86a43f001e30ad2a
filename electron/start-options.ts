import { isIP } from 'node:net';
import { parseArgs } from 'node:util';
import { err, ok, type Result } from './domain/kernel/result.ts';
import type { DemoMode } from './station-channel.ts';

/** What `npm start -- …` understands. */
export interface StartOptions {
  readonly headless: boolean;
  /** 0 to 65535; 0 lets the system choose. */
  readonly port: number;
  /** TCP port for help buttons and panels (SIA DC-09); 0 lets the system choose. */
  readonly panelPort: number;
  /** Interface that panels reach: loopback where only another `--panel-` option is given, `null` where none is. */
  readonly panelHost: string | null;
  /** Addresses and ranges that panels may report from. */
  readonly panelSources: readonly string[];
  readonly dataDir: string | null;
  readonly demo: DemoMode;
  readonly lang: 'zh-CN' | 'en' | null;
}

export const START_USAGE = `npm start -- [options]
  --headless          no window: print the address of the seat
  --port N            port of the seat on this machine (0 = any)
  --panel-host ADDR   interface for help buttons and panels, SIA DC-09 over TCP (127.0.0.1: nothing on the network reaches it)
  --panel-port N      its port (0 = any)
  --panel-from ADDR   address or range that panels may report from; may be repeated
                      one of these three wins, for this run, over what a manager has set in the seat
  --data DIR          data folder
  --demo | --no-demo  start the demo community | do not offer it while nothing has been set up
  --lang zh-CN|en     language of the seat`;

const portOf = (text: string | undefined): number | null => {
  if (text === undefined) return 0;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  return port <= 65_535 ? port : null;
};

const langOf = (text: string | undefined): StartOptions['lang'] | undefined =>
  text === undefined ? null : text === 'zh-CN' || text === 'en' ? text : undefined;

/** Reads the options, or says in a sentence which one is wrong. */
export const parseStartOptions = (args: readonly string[]): Result<StartOptions, string> => {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        headless: { type: 'boolean' },
        port: { type: 'string' },
        'panel-port': { type: 'string' },
        'panel-host': { type: 'string' },
        'panel-from': { type: 'string', multiple: true },
        data: { type: 'string' },
        demo: { type: 'boolean' },
        'no-demo': { type: 'boolean' },
        lang: { type: 'string' },
      },
    }));
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
  const port = portOf(values.port);
  const panelPort = portOf(values['panel-port']);
  const lang = langOf(values.lang);
  if (port === null) return err('--port takes a number from 0 to 65535.');
  if (panelPort === null) return err('--panel-port takes a number from 0 to 65535.');
  if (lang === undefined) return err('--lang takes zh-CN or en.');
  if (values['panel-host'] !== undefined && isIP(values['panel-host']) === 0)
    return err('--panel-host takes an address of this machine.');
  if (values.demo === true && values['no-demo'] === true) return err('--demo and --no-demo exclude each other.');
  if (values.data === '') return err('--data takes a folder.');
  const panelNamed = values['panel-port'] !== undefined || values['panel-from'] !== undefined;
  return ok({
    headless: values.headless === true,
    port,
    panelPort,
    panelHost: values['panel-host'] ?? (panelNamed ? '127.0.0.1' : null),
    panelSources: values['panel-from'] ?? ['127.0.0.1'],
    dataDir: values.data ?? null,
    demo: values.demo === true ? 'demo' : values['no-demo'] === true ? 'real' : 'ask',
    lang,
  });
};
