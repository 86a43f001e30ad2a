/** Types of `follow.mjs` for its test. */
interface Child {
  readonly connected: boolean;
  readonly on: (event: 'message', listener: (message: unknown) => void) => unknown;
  readonly send: (message: { readonly t: string }, sent: () => void) => void;
  readonly kill: (signal: string) => void;
}

export const STOP_PATIENCE_MS: number;

export const stopperOf: (child: Child, after?: (delayMs: number, callback: () => void) => void) => () => void;
