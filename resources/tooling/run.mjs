/** `npm run probe`, `simulate`, `journal`, `bench` …: installs what is missing, then runs one file with the station's own Node. */
import path from 'node:path';
import { ensureDependencies, requireNode, root, stationNode } from './setup.mjs';
import { spawn } from 'node:child_process';

const [file, ...args] = process.argv.slice(2);
requireNode();
await ensureDependencies();
const child = spawn(stationNode(), [path.resolve(root, file), ...args], { stdio: 'inherit', cwd: root });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('close', (code) => process.exit(code ?? 1));
