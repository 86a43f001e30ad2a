import { existsSync } from 'node:fs';
import path from 'node:path';

const inFolder = { win32: 'electron.exe', darwin: path.join('Electron.app', 'Contents', 'MacOS', 'Electron') } as const;

/** An Electron that can open a window on this machine, or why there is none. */
export type ElectronHere = { readonly executablePath: string } | { readonly missing: string };

/** Looks where the package `electron` looks: the folder that `ELECTRON_OVERRIDE_DIST_PATH` names, else its own `dist`. */
export const findElectronHere = (
  root: string,
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): ElectronHere => {
  const named = env['ELECTRON_OVERRIDE_DIST_PATH'];
  const folder = named === undefined || named === '' ? path.join(root, 'node_modules', 'electron', 'dist') : named;
  const executablePath = path.join(
    folder,
    platform === 'win32' || platform === 'darwin' ? inFolder[platform] : 'electron',
  );
  if (!existsSync(executablePath))
    return { missing: `no Electron binary here: ${executablePath} (ELECTRON_OVERRIDE_DIST_PATH names its folder)` };
  const hasScreen = platform !== 'linux' || Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
  return hasScreen
    ? { executablePath }
    : { missing: 'no screen here: neither DISPLAY nor WAYLAND_DISPLAY is set (try xvfb-run)' };
};
