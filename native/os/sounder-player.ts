import { parseJson } from '../../electron/domain/kernel/json.ts';
import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/** A command that plays one file; the file's path is its last argument, or stands in the command itself (Windows). */
export interface PlayerCommand {
  readonly command: string;
  readonly args: (file: string) => readonly string[];
}

/** One running player. */
export interface Playing {
  /** Ends it; `onEnd` still follows. */
  readonly stop: () => void;
}

/** Starts a player; `onEnd` is called once, with the exit code, or null when it could not start or was ended by a signal. */
export type SpawnPlayer = (command: string, args: readonly string[], onEnd: (code: number | null) => void) => Playing;

/** What is needed of the process's surroundings. */
export interface PlayerSurroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether a file is there and may be run. */
  readonly isExecutable: (file: string) => boolean;
}

export const isExecutableFile = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    // Not there, or not ours to run: the same to us.
    return false;
  }
};

const isCommand = (value: unknown): value is readonly [string, ...string[]] =>
  Array.isArray(value) && value.length > 0 && value.every((part) => typeof part === 'string');

/** `GUARDROOM_PLAYER`, a JSON array such as `["/usr/bin/mpv", "--really-quiet"]`; null when it is anything else. */
const fromSetting = (text: string): PlayerCommand | null => {
  const value = parseJson(text);
  if (!isCommand(value)) return null;
  const [command, ...args] = value;
  return { command, args: (file) => [...args, file] };
};

/** Plays in a loop, and ends when its standard input closes: a station that dies takes its siren with it. */
const powershellArgs = (file: string): readonly string[] => [
  '-NoProfile',
  '-NonInteractive',
  '-Command',
  `$p = New-Object System.Media.SoundPlayer '${file.replaceAll("'", "''")}'; $p.PlayLooping(); [void][Console]::In.ReadLine(); $p.Stop()`,
];

const candidates = (platform: NodeJS.Platform): readonly (readonly [name: string, args: PlayerCommand['args']])[] => {
  if (platform === 'win32') return [['powershell.exe', powershellArgs]];
  if (platform === 'darwin') return [['afplay', (file) => [file]]];
  return [
    ['pw-play', (file) => [file]],
    ['paplay', (file) => [file]],
    ['aplay', (file) => ['-q', file]],
  ];
};

/** The first player of this machine; null where it has none. `GUARDROOM_PLAYER` goes before all, and a wrong one counts as none. */
export const findPlayer = ({ platform, env, isExecutable }: PlayerSurroundings): PlayerCommand | null => {
  const setting = env['GUARDROOM_PLAYER'];
  if (setting !== undefined && setting !== '') return fromSetting(setting);
  const { join, delimiter } = platform === 'win32' ? path.win32 : path.posix;
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const [name, args] of candidates(platform)) {
    const command = folders.map((folder) => join(folder, name)).find((file) => isExecutable(file));
    if (command !== undefined) return { command, args };
  }
  return null;
};

/** How long an ended player may take before it is killed, milliseconds. */
const killAfterMs = 1000;

/** Starts a player as a child process without a window or a shell. */
export const spawnPlayer: SpawnPlayer = (command, args, onEnd) => {
  const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'ignore'], windowsHide: true });
  let ended = false;
  let kill: NodeJS.Timeout | null = null;
  const end = (code: number | null): void => {
    if (ended) return;
    ended = true;
    if (kill !== null) clearTimeout(kill);
    onEnd(code);
  };
  child.once('error', () => end(null));
  child.once('exit', (code) => end(code));
  // A player that ended before we closed its input is no fault of anybody's; its end is told by `exit`.
  child.stdin.on('error', () => undefined);
  return {
    stop: () => {
      if (ended) return;
      child.stdin.end();
      child.kill();
      kill = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    },
  };
};
