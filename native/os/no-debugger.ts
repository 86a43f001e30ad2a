/**
 * Node opens a debugger to whoever sends it SIGUSR1, and with it everything that the process holds. Where the command line is ours
 * `--disable-sigusr1` keeps it closed from the first moment, and so does a fuse in a packaged Electron; this is for where neither is.
 */
export const refuseDebugger = (): void => {
  process.on('SIGUSR1', () => undefined);
};
