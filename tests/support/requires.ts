import type { TestContext } from 'vitest';

/**
 * What may be left out where continuous integration runs (`CI` is set): there everything else has to be there, and is installed by `.ci/run`. By
 * the beginning of the reason that the test gives.
 */
export const leftOutInCi: readonly { readonly reason: string; readonly because: string }[] = [
  { reason: 'no Electron binary here', because: 'its download is on a host that many machines do not reach' },
  { reason: 'no screen here', because: 'the smoke test of the desktop program opens a window' },
];

/** Whether this reason counts on a machine with these variables. */
export const mayLeaveOut = (reason: string, env: NodeJS.ProcessEnv = process.env): boolean =>
  ['', undefined, 'false', '0'].includes(env['CI']) || leftOutInCi.some((allowed) => reason.startsWith(allowed.reason));

/**
 * Leaves the running test out, saying why; the reason is printed in the closing report. With `CI` set it fails instead, unless the reason is on
 * the list above.
 */
export const leaveOut = (context: Pick<TestContext, 'skip'>, reason: string): never => {
  if (!mayLeaveOut(reason)) throw new Error(`may not be left out where CI is set: ${reason}`);
  const { skip } = context;
  return skip(reason);
};
