const DAY_MS = 86_400_000;

/** Days from 1970-01-01 to a date of the Gregorian calendar; a year is counted from March, so that its leap day is the last (Howard Hinnant, "chrono-compatible low-level date algorithms"). */
export const daysSince1970 = (year: number, month: number, day: number): number => {
  const fromMarch = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const leapDays = Math.floor(fromMarch / 4) - Math.floor(fromMarch / 100) + Math.floor(fromMarch / 400);
  return fromMarch * 365 + leapDays + dayOfYear - 719_468;
};

/** How far a time zone is ahead of UTC at an instant, milliseconds. Throws `RangeError` for a zone that this machine does not know. */
export const zoneOffset = (timeZone: string): ((atMs: number) => number) => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (atMs) => {
    const part = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
    const at = (name: Intl.DateTimeFormatPartTypes): number => part.get(name) ?? 0;
    const seconds = (at('hour') * 60 + at('minute')) * 60 + at('second');
    const local = daysSince1970(at('year'), at('month'), at('day')) * DAY_MS + seconds * 1000;
    return local - Math.floor(atMs / 1000) * 1000;
  };
};
