import type { Busy } from './contract/messages.schema.ts';

/** What is said of a station that prepares its tables, in both languages. */
export const busyText = ({ done, of }: Busy): string =>
  `正在整理记录，第 ${done} 条，共 ${of} 条。Records are being prepared, ${done} of ${of}.`;

/** Prints how far the station is: at once, and then with each further tenth, so that an hour does not fill a terminal. */
export const createBusyTeller = (say: (line: string) => void): ((busy: Busy | null) => void) => {
  let tenth = -1;
  return (busy) => {
    const next = busy === null ? -1 : Math.floor((10 * busy.done) / busy.of);
    if (busy !== null && next > tenth) say(busyText(busy));
    tenth = next;
  };
};
