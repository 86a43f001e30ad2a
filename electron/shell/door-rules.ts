import { SHELL_ORIGIN } from '../contract/page-policy.ts';

/** Whether the window may go to this address: its own page only. */
export const mayNavigate = (address: string): boolean => address === SHELL_ORIGIN || address.startsWith(`${SHELL_ORIGIN}/`);
