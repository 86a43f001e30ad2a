import { daysSince1970, zoneOffset } from '../../domain/kernel/time-zone.ts';

/** Times as people say them, in the community's time zone. */
export interface TimeWords {
  /** 02:13:05 */
  readonly clock: (ms: number) => string;
  /** 02:13 */
  readonly hm: (ms: number) => string;
  readonly weekday: (ms: number) => string;
  /** 21 November, 11月21日 */
  readonly day: (ms: number) => string;
  /** 11-21 02:13 in the language's own order. */
  readonly dayTime: (ms: number) => string;
  /** "3 minutes ago"; below a minute "just now" is left to the caller by `null`. */
  readonly ago: (ms: number, nowMs: number) => string | null;
  /** `2026-11-21 02:13:05`: what a table is sorted by. */
  readonly stamp: (ms: number) => string;
  /** How long, "00:42" or "1:02:10". */
  readonly span: (ms: number) => string;
  /** How long in words, "42 sec", "119 min", "2 hr", whole ones: in a sentence "12:02" would be taken for a time of day. */
  readonly lasted: (ms: number) => string;
  /** `2026-11-21T02:13`, for `<input type="datetime-local">`. */
  readonly toInput: (ms: number) => string;
  /** The other way; `null` when it is not a time. */
  readonly fromInput: (text: string) => number | null;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/** A whole number of one unit, as the language writes it beside others: "12分钟", "12 min". */
const unitWords =
  (lang: string, unit: 'hour' | 'minute' | 'second') =>
  (value: number): string =>
    new Intl.NumberFormat(lang, { style: 'unit', unit, unitDisplay: 'short' }).format(value);

const two = (value: number): string => String(value).padStart(2, '0');

/** Where a community's zone cannot be used on this machine. */
export const FALLBACK_ZONE = 'Asia/Shanghai';

/** A zone that this machine knows, as people call it: 中国标准时间. */
export const zoneName = (timeZone: string, lang: string): string =>
  new Intl.DateTimeFormat(lang, { timeZone, timeZoneName: 'long' })
    .formatToParts(0)
    .find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;

/** Whether this machine can show times of a zone; the station may know newer ones. */
export const knowsZone = (timeZone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    // RangeError: not known here.
    return false;
  }
};

/** Swedish writes dates as ISO 8601 does: `2026-11-21 02:13:05`. */
const stampFormat = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
const utcStamp = stampFormat('UTC');

/** `2026-11-21T02:13` as if it were UTC; `null` for what is no time of the calendar. */
const utcOf = (text: string): number | null => {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)$/.exec(text);
  if (parts === null) return null;
  const [, year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts.map(Number);
  const ms = daysSince1970(year, month, day) * DAY + (hour * 60 + minute) * MINUTE;
  return utcStamp.format(ms).startsWith(text.replace('T', ' ')) ? ms : null;
};

export const createTimeWords = (lang: string, timeZone: string): TimeWords => {
  const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(lang, { timeZone, hourCycle: 'h23', ...options });
  const clock = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const hm = format({ hour: '2-digit', minute: '2-digit' });
  const weekday = format({ weekday: lang === 'en' ? 'long' : 'short' });
  const day = format({ month: 'long', day: 'numeric' });
  const dayTime = format({ month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
  const hours = unitWords(lang, 'hour');
  const minutes = unitWords(lang, 'minute');
  const seconds = unitWords(lang, 'second');
  const relative = new Intl.RelativeTimeFormat(lang, { numeric: 'always' });
  const offsetAt = zoneOffset(timeZone);
  const stamp = stampFormat(timeZone);
  return {
    clock: (ms) => clock.format(ms),
    hm: (ms) => hm.format(ms),
    weekday: (ms) => weekday.format(ms),
    day: (ms) => day.format(ms),
    dayTime: (ms) => dayTime.format(ms),
    ago: (ms, nowMs) => {
      const past = Math.floor((nowMs - ms) / MINUTE);
      if (past < 1) return null;
      if (past < 60) return relative.format(-past, 'minute');
      return past < 48 * 60
        ? relative.format(-Math.floor(past / 60), 'hour')
        : relative.format(-Math.floor(past / 1440), 'day');
    },
    stamp: (ms) => stamp.format(ms),
    span: (ms) => {
      const past = Math.max(0, Math.floor(ms / 1000));
      const whole = Math.floor(past / 3600);
      const rest = `${two(Math.floor(past / 60) % 60)}:${two(past % 60)}`;
      return whole === 0 ? rest : `${whole}:${rest}`;
    },
    lasted: (ms) => {
      const past = Math.max(0, Math.floor(ms / 1000));
      if (past < 60) return seconds(past);
      return past < 7200 ? minutes(Math.floor(past / 60)) : hours(Math.floor(past / 3600));
    },
    toInput: (ms) => stamp.format(ms).slice(0, 16).replace(' ', 'T'),
    fromInput: (text) => {
      const local = utcOf(text);
      if (local === null) return null;
      // Twice, so that a time beside a change of summer time lands on the right side of it.
      const once = local - offsetAt(local);
      return local - offsetAt(once);
    },
  };
};
