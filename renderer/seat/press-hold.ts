/** How long what changed takes no press, from the first frame that shows it; milliseconds. */
export const PRESS_HOLD_MS = 700;
/** Between what a seat may be set to; milliseconds. */
export const PRESS_HOLD_LEAST_MS = 400;
export const PRESS_HOLD_MOST_MS = 1500;
