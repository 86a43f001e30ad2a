/**
 * `npm run probe -- <rtsp url> --seconds N`: plays one stream with the station's own intake and prints one JSON line.
 * Exit status 0 when people could watch what came, 1 with a sentence on standard error when not (the line comes as well where a
 * picture was read), 2 when it was called wrongly.
 */
import { refuseDebugger } from '../os/no-debugger.ts';
import { parseArgs } from 'node:util';
import { parseStreamAddress } from '../../electron/contract/kernel/stream-address.ts';
import { probeStream } from './probe.ts';
import { createFineClock } from '../kit/system-clock.ts';

const MAX_SECONDS = 3600;
const usage =
  'Usage: npm run probe -- <rtsp://user:password@host:port/path> [--seconds N]   (N from 1 to 3600, 5 if not given)';

const readArguments = (): { readonly url: string; readonly seconds: number } | null => {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { seconds: { type: 'string', default: '5' } },
    });
    const seconds = Number(values.seconds);
    const [url] = positionals;
    if (url === undefined || positionals.length !== 1 || !(seconds > 0 && seconds <= MAX_SECONDS)) return null;
    return parseStreamAddress(url).ok ? { url, seconds } : null;
  } catch {
    // An unknown option: the same answer as to any other wrong call, and without repeating what was typed.
    return null;
  }
};

refuseDebugger();

const wanted = readArguments();
if (wanted === null) {
  console.error(usage);
  process.exitCode = 2;
} else {
  const { report, fault } = await probeStream(wanted.url, wanted.seconds, createFineClock());
  if (report !== null) console.log(JSON.stringify(report));
  if (fault !== null) {
    console.error(fault.detail);
    process.exitCode = 1;
  }
}
