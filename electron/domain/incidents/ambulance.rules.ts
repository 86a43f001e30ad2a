/** Steps of a procedure that are asked only once an ambulance is wanted. */
const ambulanceSteps = new Set(['call120', 'openGate']);

/** Whether an ambulance is expected for a call for help that has come to these steps: gates may stand open for it. */
export const ambulanceExpected = (steps: readonly { readonly step: string }[]): boolean =>
  steps.some(({ step }) => ambulanceSteps.has(step));
