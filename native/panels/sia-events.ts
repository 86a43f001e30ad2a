import type { PanelMeaning, PanelNumber, PanelProtocol } from '../../electron/station/ports/devices.port.ts';
import { contactIdCode, siaCode } from './sia-codes.ts';

/** One event out of the data block of a message. */
export interface PanelSignal {
  readonly code: string;
  /** The number behind the code, as sent; what it counts is `number`. */
  readonly zone: string;
  readonly number: PanelNumber;
  readonly meaning: PanelMeaning;
  readonly restored: boolean;
}

/** What is in a data block. */
export interface PanelData {
  /** The account written inside the block, upper case, where there is one. */
  readonly account: string | null;
  /** In order, at most `maxSignals`; empty when nothing could be read. */
  readonly signals: readonly PanelSignal[];
}

/** More than any panel packs into one message; what comes after is one alarm of unknown kind and never nothing. */
const maxSignals = 64;

const unclear = (code: string, zone: string): PanelSignal => ({
  code,
  zone,
  number: 'unknown',
  meaning: 'unclear',
  restored: false,
});

const accountText = /^#?([0-9A-Za-z]{3,16})$/;

/** A data block cut at `|`; an account (`#1234`, or `1234` in front of others) is taken out of its front. */
const blocksOf = (data: string): { readonly account: string | null; readonly blocks: readonly string[] } => {
  const [first = '', ...others] = data.split('|');
  const account = accountText.exec(first.trim())?.[1]?.toUpperCase() ?? null;
  if (account !== null && (first.trim().startsWith('#') || others.length > 0)) return { account, blocks: others };
  return { account: null, blocks: [first, ...others] };
};

/** Texts that panels set between marks (`*"Hall"NM`, `*'Hall'NM`, `^Hall^`); one without its end goes as far as the next `/` or `|`. */
const withoutMarkedTexts = (data: string): string =>
  data.replaceAll(/\*"[^"|]*"(?:NM)?|\*'[^|]*?'NM|\*'[^'|]*'|\^[^^]*\^/g, '').replaceAll(/\*["'][^/|]*|\^[^/|]*/g, '');

const eventText = /^([A-Z]{2}) ?(\d+|[0-9A-F]{1,8}$)?/;
/** Two small letters and a value: `ri2`, `ti12:34`, `da11-25-26`, `id001`, `ph5551234`. Capitals end a value, unless nothing readable begins there. */
const modifierText = /^[a-z]{2}/;

/** `ri2BA3` without its modifiers: the value of each ends where an event that is known begins, or another modifier. */
const afterModifiers = (item: string): string => {
  let rest = item;
  while (modifierText.test(rest)) {
    const value = rest.slice(2);
    const next = Array.from(value, (_, at) => value.slice(at)).find((tail) => {
      const code = /^([A-Z]{2}) ?\d*$/.exec(tail)?.[1];
      return (code !== undefined && siaCode(code) !== undefined) || /^[a-z]{2}\d/.test(tail);
    });
    rest = next ?? '';
    // What is no event, and could be one that this table does not know, stays: `ri1XZ4`.
    if (next === undefined) rest = /^\d*([A-Z]{2} ?\d+)$/.exec(value)?.[1] ?? '';
  }
  return rest;
};

/** `A` begins a text, to the end of its block (SIA DC-03 level 3); `AT`, `AR`, `AN` and `AS` with nothing but a number are codes. */
const isText = (item: string): boolean => item.startsWith('A') && !/^A[TRNS] ?[0-9A-F]*$/.test(item);

const itemsOf = (block: string): readonly string[] => {
  const message = block.trim().replace(/^[NO](?=[a-z]{2}|[A-Z]{2}(?![a-z])|\/)/, (letter, _at, whole: string) => {
    // `NA7` is the code NA: an event of its own outranks the letter that only says "new".
    const own = siaCode(whole.slice(0, 2)) !== undefined && /^.[A-Z] ?\d*(?:\/|$)/.test(whole);
    return own ? letter : '';
  });
  const items = message.split('/');
  const text = items.findIndex(isText);
  return text === -1 ? items : items.slice(0, text);
};

const siaSignal = (item: string): PanelSignal | null => {
  const match = eventText.exec(afterModifiers(item.trim()));
  const code = match?.[1];
  if (code === undefined) return null;
  const zone = match?.[2] ?? '';
  const known = siaCode(code);
  return known === undefined ? unclear(code, zone) : { code, zone, ...known };
};

const siaSignals = (blocks: readonly string[]): readonly PanelSignal[] =>
  blocks
    .flatMap((block) => itemsOf(block))
    .map(siaSignal)
    .filter((signal) => signal !== null);

/**
 * `QXYZ GG CCC`: qualifier (1 new, 3 over, 6 still so), code, group, number. Taken with and without blanks, with the message type (18, 98)
 * in front, in small letters, and with `A` for a nought as on the telephone line.
 */
const contactIdText =
  /^(?:(?:18|98) ?)?([0-9])([0-9A-F]{3})(?: ?([0-9A-F]{2}) ?([0-9A-F]{3})| ([0-9A-F]{1,2}) ([0-9A-F]{1,4})| ([0-9A-F]{3,4}))?(?![0-9A-F])/;

const contactIdSignal = (block: string): PanelSignal | null => {
  const match = contactIdText.exec(block.trim().toUpperCase().replaceAll(/\s+/g, ' '));
  if (match?.[1] === undefined || match[2] === undefined) return null;
  const code = match[2].replaceAll('A', '0');
  const zone = match[4] ?? match[6] ?? match[7] ?? '';
  const known = contactIdCode(code);
  if (known === undefined || !['1', '3', '6'].includes(match[1])) return unclear(code, zone);
  return { code, zone, ...known, restored: match[1] === '3' };
};

const contactIdSignals = (blocks: readonly string[]): readonly PanelSignal[] =>
  blocks.map(contactIdSignal).filter((signal) => signal !== null);

/**
 * The events in the data block of a message. Never throws. A code that the tables do not know is `unclear`: it is reported with its code,
 * as an alarm of unknown kind. A panel that names the one form and writes the other is read all the same.
 */
export const decodePanelData = (protocol: PanelProtocol, data: string): PanelData => {
  const { account, blocks } = blocksOf(withoutMarkedTexts(data));
  const readings = [contactIdSignals(blocks), siaSignals(blocks)];
  const [first = [], second = []] = protocol === 'ADM-CID' ? readings : readings.toReversed();
  const signals = first.length > 0 ? first : second;
  return {
    account,
    signals: signals.length <= maxSignals ? signals : [...signals.slice(0, maxSignals - 1), unclear('', '')],
  };
};
