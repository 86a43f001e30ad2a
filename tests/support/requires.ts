import type { TestContext } from 'vitest';

/** Leaves the running test out, saying why; the reason is printed in the closing report. */
export const leaveOut = (context: TestContext, reason: string): never => {
  const { skip } = context;
  return skip(reason);
};
