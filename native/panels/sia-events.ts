import type { PanelReport } from '../../electron/station/ports/devices.port.ts';

/** What an alarm code is about, as the port names it. */
type PanelMeaning = Extract<PanelReport, { kind: 'event' }>['meaning'];

/** One event out of the data block of a message. */
export interface PanelSignal {
  readonly code: string;
  readonly zone: string;
  readonly meaning: PanelMeaning;
  readonly restored: boolean;
}

const meanings: Readonly<Record<PanelMeaning, string>> = {
  help: 'NA MA MH MR QA QH QR PA PH PR HA HH HR',
  fire: 'FA FH FR KA KH KR SA SH SR GA GH GR',
  burglary: 'BA BH BR BV BX UA UH UR JA',
  tamper: 'TA TH TR ES EJ TS TE',
  trouble: 'AT AR YT YR XT XR YC YK LT LR ET ER BT BJ FT FJ MT MJ QT QJ PT PJ XL XC YM YP YQ ZA',
  test: 'RP RX TX RY RN',
  other: '',
};
const meaningBySiaCode = new Map<string, PanelMeaning>(
  (['help', 'fire', 'burglary', 'tamper', 'trouble', 'test'] as const).flatMap((meaning) =>
    meanings[meaning].split(' ').map((code): [string, PanelMeaning] => [code, meaning]),
  ),
);
/** Codes of SIA DC-03 that say that something is over: restorals (`?R`, `?H`, `?J`) and their irregular fellows. */
const restoredSia = new Set(
  'MH MR QH QR PH PR HH HR FH FR KH KR SH SR GH GR BH BR UH UR TH TR EJ TE AR YR XR YK LR ER BJ FJ MJ QJ PJ XC YQ'.split(
    ' ',
  ),
);

/** Contact ID event codes (SIA DC-05), by ranges; the first that holds decides. Gas and carbon monoxide count as fire: they ask for the same haste. */
const contactIdRanges: readonly (readonly [number, number, PanelMeaning])[] = [
  [100, 102, 'help'],
  [110, 118, 'fire'],
  [120, 129, 'help'],
  [137, 137, 'tamper'],
  [130, 139, 'burglary'],
  [144, 145, 'tamper'],
  [140, 149, 'burglary'],
  [151, 151, 'fire'],
  [162, 162, 'fire'],
  [300, 382, 'trouble'],
  [383, 383, 'tamper'],
  [384, 399, 'trouble'],
  [600, 609, 'test'],
];

const contactId = /^(?:#[0-9A-Za-z]*)?\|?\s*([136])([0-9A-F]{3})\s+([0-9A-F]{2})\s+([0-9A-F]{3})/;

/** `[#acct|QXYZ GG CCC]`: qualifier 1 new, 3 restored, 6 still so; code; group; zone. Null when it is none. */
const contactIdSignals = (data: string): readonly PanelSignal[] | null => {
  const match = contactId.exec(data);
  if (match?.[2] === undefined || match[4] === undefined) return null;
  const number = Number.parseInt(match[2], 10);
  const meaning = contactIdRanges.find(([from, to]) => number >= from && number <= to)?.[2] ?? 'other';
  return [{ code: match[2], zone: match[4], meaning, restored: match[1] === '3' }];
};

/** `[#acct|Nri1/MA05/BA2]`: modifiers in small letters, events as two capitals and a zone; texts in stars or carets are dropped. */
const siaSignals = (data: string): readonly PanelSignal[] | null => {
  const message = data.slice(data.indexOf('|') + 1).replaceAll(/\*?"[^"]*"(?:NM)?|\^[^^]*\^|\*'[^']*'(?:NM)?/g, '');
  const signals = message
    .replace(/^[NO](?=[a-z]{2}|[A-Z]{2}|\/)/, '')
    .split('/')
    .map((part) => /^([A-Z]{2})([0-9A-F]{0,8})/.exec(part))
    .filter((match) => match !== null)
    .map((match): PanelSignal => {
      const code = match[1] ?? '';
      return {
        code,
        zone: match[2] ?? '',
        meaning: meaningBySiaCode.get(code) ?? 'other',
        restored: restoredSia.has(code),
      };
    });
  return signals.length === 0 ? null : signals.slice(0, 16);
};

/**
 * The events in the data block of a message, at most 16, in order; null when it holds none that can be read. Never throws.
 * A code that this table does not know is `other`: it is still reported, with its code.
 */
export const decodePanelData = (protocol: 'SIA-DCS' | 'ADM-CID', data: string): readonly PanelSignal[] | null =>
  protocol === 'ADM-CID' ? contactIdSignals(data) : siaSignals(data);
