import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import type { DeviceFault } from '../../electron/station/ports/devices.port.ts';
import { at, type XmlNode } from '../kit/xml.ts';

const number = (node: XmlNode | null, from: number, to: number): number | null => {
  const value = node === null || node.text === '' ? Number.NaN : Number(node.text);
  return Number.isInteger(value) && value >= from && value <= to ? value : null;
};

/** A `tt:DateTime` as if it were UTC, milliseconds; null where a part is missing or out of range. */
const readParts = (node: XmlNode | null): number | null => {
  const [date, time] = [at(node, 'Date'), at(node, 'Time')];
  const parts = [
    number(at(date, 'Year'), 1970, 9999),
    number(at(date, 'Month'), 1, 12),
    number(at(date, 'Day'), 1, 31),
    number(at(time, 'Hour'), 0, 23),
    number(at(time, 'Minute'), 0, 59),
    number(at(time, 'Second'), 0, 60),
  ];
  const [year, month, day, hour, minute, second] = parts;
  if (year == null || month == null || day == null || hour == null || minute == null || second == null) return null;
  return Date.UTC(year, month - 1, day, hour, minute, second);
};

/**
 * Milliseconds east of UTC of a POSIX time zone (IEEE 1003.1 section 8.3, as ONVIF's `TZ` is): `CST-8` is eight hours east; the sign is
 * turned round. Summer time adds an hour unless the zone says otherwise. Null where it is none.
 */
const zoneOffset = (zone: string | undefined, summer: boolean): number | null => {
  const match = /^(?:<[^>]+>|[A-Za-z]{3,})([+-]?)(\d{1,2})(?::(\d{2}))?/.exec(zone?.trim() ?? '');
  if (match === null) return null;
  const [, sign, hours = '0', minutes = '0'] = match;
  const west = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
  return Math.abs(west) > 15 * 3_600_000 ? null : -west + (summer ? 3_600_000 : 0);
};

/**
 * The time in a `GetSystemDateAndTimeResponse`, UTC milliseconds; whole seconds, as the device tells them. Years 1970 to 9999. Devices
 * that leave `UTCDateTime` out (it is optional) tell it by `LocalDateTime` and `TimeZone`.
 */
export const readSystemDateAndTime = (response: XmlNode): Result<number, DeviceFault> => {
  const system = at(response, 'SystemDateAndTime');
  const utc = readParts(at(system, 'UTCDateTime'));
  if (utc !== null) return ok(utc);
  const local = readParts(at(system, 'LocalDateTime'));
  const east = zoneOffset(at(system, 'TimeZone', 'TZ')?.text, at(system, 'DaylightSavings')?.text === 'true');
  return local === null || east === null ? err({ kind: 'malformed', detail: 'device time' }) : ok(local - east);
};

/** An `xs:dateTime` as UTC milliseconds; null for what is none, such as Hikvision's `0000-00-00T00:00:00Z`. */
export const readDateTime = (text: string | undefined): number | null => {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/.test(text)) return null;
  const ms = Date.parse(/(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(ms) || ms <= 0 ? null : ms;
};
