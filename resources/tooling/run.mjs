/** `npm run probe`, `simulate`, `journal`, `bench` …: installs what is missing, then runs one file with the station's own Node. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { follow, withChannel } from './follow.mjs';
import { ensureDependencies, stationNode } from './install.mjs';
import { root } from './installed.mjs';
import { requireNode } from './setup.mjs';

const [file, ...args] = process.argv.slice(2);
requireNode();
await ensureDependencies();
follow(spawn(stationNode(), [path.resolve(root, file), ...args], { stdio: withChannel, cwd: root }));
