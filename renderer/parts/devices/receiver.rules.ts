import type { ReceiverReply } from '../../../electron/contract/messages.schema.ts';

/** The port that the form proposes: what the runbook has always named. */
export const PROPOSED_PORT = 12_128;

/** This computer alone. */
export const LOOP = '127.0.0.1';

/** All addresses of this computer. */
export const EVERY = '0.0.0.0';

/** The receivers' own network, as long as nobody says it more narrowly: the first three numbers of the chosen address. */
export const proposedSources = (host: string): string =>
  host === LOOP || host === EVERY ? LOOP : `${host.split('.').slice(0, 3).join('.')}.0/24`;

const isNumber = (text: string, most: number): boolean => /^\d{1,3}$/.test(text) && Number(text) <= most;

const isRange = (text: string): boolean => {
  const [address = '', bits, more] = text.split('/');
  const parts = address.split('.');
  const fits = parts.length === 4 && parts.every((part) => isNumber(part, 255));
  return fits && more === undefined && (bits === undefined || isNumber(bits, 32));
};

/** The addresses and ranges in what somebody wrote, or `null` where one of them is none. */
export const readSources = (text: string): readonly string[] | null => {
  const parts = text.split(/[\s,，、;；]+/).filter((part) => part !== '');
  return parts.length > 0 && parts.length <= 20 && parts.every(isRange) ? parts : null;
};

/** Whether a message came from this button, by what the form says of it; `other` when from another one, `none` when it was no report of a button. */
export const comesFrom = (
  seen: ReceiverReply['seen'][number],
  account: string,
  zone: string,
): 'same' | 'other' | 'none' => {
  if (seen.meaning === null || seen.account === '') return 'none';
  const bare = (text: string): string =>
    text
      .trim()
      .toUpperCase()
      .replace(/^0+(?=.)/, '');
  return bare(seen.account) === bare(account) && bare(seen.zone) === bare(zone) ? 'same' : 'other';
};
