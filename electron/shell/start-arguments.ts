/**
 * Switches of Chromium and Electron that reach the program's own argument list: given by hand where a machine needs them, by the system at a
 * start, or by the shell itself at a relaunch (`disable-gpu`, crash-recovery.ts). Only the form with `=` carries a value.
 */
const engineSwitches: ReadonlySet<string> = new Set([
  'disable-dev-shm-usage',
  'disable-gpu',
  'disable-setuid-sandbox',
  'enable-logging',
  'force-device-scale-factor',
  'inspect',
  'no-sandbox',
  'original-process-start-time',
  'ozone-platform',
  'ozone-platform-hint',
  'password-store',
  'remote-debugging-port',
]);

const isEngineSwitch = (argument: string): boolean =>
  argument.startsWith('--') && engineSwitches.has(argument.slice(2).split('=', 1)[0] ?? '');

/**
 * What was said to Guardroom, out of `process.argv`: the packaged program is started as `guardroom …`, from the sources it is
 * `electron [switches] <folder> …`.
 */
export const ownArguments = (argv: readonly string[], isPackaged: boolean): readonly string[] => {
  const folderAt = isPackaged ? 0 : argv.findIndex((argument, index) => index > 0 && !argument.startsWith('-'));
  return folderAt === -1 ? [] : argv.slice(folderAt + 1).filter((argument) => !isEngineSwitch(argument));
};
