import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import type { DeviceFault } from '../../electron/station/ports/devices.port.ts';
import { at, type XmlNode } from './xml.ts';

const number = (node: XmlNode | null, from: number, to: number): number | null => {
  const value = node === null || node.text === '' ? Number.NaN : Number(node.text);
  return Number.isInteger(value) && value >= from && value <= to ? value : null;
};

/** The UTC time in a `GetSystemDateAndTimeResponse`, milliseconds; whole seconds, as the device tells them. Years 1970 to 9999. */
export const readSystemDateAndTime = (response: XmlNode): Result<number, DeviceFault> => {
  const utc = at(response, 'SystemDateAndTime', 'UTCDateTime');
  const [date, time] = [at(utc, 'Date'), at(utc, 'Time')];
  const parts = [
    number(at(date, 'Year'), 1970, 9999),
    number(at(date, 'Month'), 1, 12),
    number(at(date, 'Day'), 1, 31),
    number(at(time, 'Hour'), 0, 23),
    number(at(time, 'Minute'), 0, 59),
    number(at(time, 'Second'), 0, 60),
  ];
  const [year, month, day, hour, minute, second] = parts;
  if (year == null || month == null || day == null || hour == null || minute == null || second == null) {
    return err({ kind: 'malformed', detail: 'device time' });
  }
  return ok(Date.UTC(year, month - 1, day, hour, minute, second));
};

/** An `xs:dateTime` as UTC milliseconds; null for what is none, such as Hikvision's `0000-00-00T00:00:00Z`. */
export const readDateTime = (text: string | undefined): number | null => {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/.test(text)) return null;
  const ms = Date.parse(/(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(ms) || ms <= 0 ? null : ms;
};
