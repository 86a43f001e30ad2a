import { accessSync, constants, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Where ffmpeg was found, or that there is none; callers then say that transcoding is not available. */
export type FoundFfmpeg =
  | { readonly kind: 'found'; readonly path: string; readonly from: 'FFMPEG_BIN' | 'ffmpeg-static' | 'PATH' }
  | { readonly kind: 'missing' };

export interface FindFfmpegOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly platform?: NodeJS.Platform;
  /** The path the optional package `ffmpeg-static` names, or `null` where it is not installed. */
  readonly packaged?: () => string | null;
}

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    // Not there, or not ours to run: the next place is tried.
    return false;
  }
};

const packagedFfmpeg = (): string | null => {
  try {
    const found: unknown = createRequire(import.meta.url)('ffmpeg-static');
    // A program inside an app archive cannot be started; its unpacked copy beside it can.
    return typeof found === 'string' ? found.replace(`app.asar${path.sep}`, `app.asar.unpacked${path.sep}`) : null;
  } catch {
    // An optional dependency whose download is out of reach in many places (FACTS: it fails at install).
    return null;
  }
};

/** Looks in `FFMPEG_BIN`, then in the package `ffmpeg-static`, then along the PATH. */
export const findFfmpeg = (options: FindFfmpegOptions = {}): FoundFfmpeg => {
  const env = options.env ?? process.env;
  const platform = options.platform ?? process.platform;
  const named = env['FFMPEG_BIN'];
  if (named !== undefined && named !== '' && isExecutable(named))
    return { kind: 'found', path: named, from: 'FFMPEG_BIN' };
  const packaged = (options.packaged ?? packagedFfmpeg)();
  if (packaged !== null && isExecutable(packaged)) return { kind: 'found', path: packaged, from: 'ffmpeg-static' };
  const name = platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const found = folders.map((folder) => path.join(folder, name)).find(isExecutable);
  return found === undefined ? { kind: 'missing' } : { kind: 'found', path: found, from: 'PATH' };
};
