/**
 * Personal fields inside the station. What goes into a fact, a row or a stored answer carries a mark in front of the vault's ciphertext, so
 * that it can be found and opened in any document, whichever fact brought it there.
 */
import { SEALED_MARK } from '../../contract/kernel/fact.ts';
import { sealed, subjectId, type Sealed } from '../../domain/kernel/ids.ts';
import type { Json, JsonObject } from '../../domain/kernel/json.ts';
import { isJsonObject } from './docs.ts';
import type { Vault } from '../ports/vault.port.ts';

export interface Privacy {
  /** Seals a personal text under its subject's key. Throws `SubjectForgottenError` when the subject was forgotten. */
  readonly seal: (subject: string, plain: string) => string;
  /** As `seal`; nothing stays nothing. */
  readonly sealMaybe: (subject: string, plain: string | null) => string | null;
  /** The plain text of a sealed one, `null` when it was forgotten; any other text as it is. */
  readonly openText: (text: string) => string | null;
  /** The vault's ciphertext in a sealed text; `null` for any other. */
  readonly sealedIn: (text: string) => Sealed | null;
  /** A copy of the document with every sealed text opened. */
  readonly open: (doc: JsonObject) => JsonObject;
}

const mapTexts = (value: Json, map: (text: string) => string | null): Json => {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((item: Json) => mapTexts(item, map));
  if (isJsonObject(value)) return mapFields(value, map);
  return value;
};

const mapFields = (doc: JsonObject, map: (text: string) => string | null): JsonObject =>
  Object.fromEntries(Object.entries(doc).map(([key, value]) => [key, mapTexts(value, map)]));

/** Whether this text is a sealed one. */
const isSealed = (text: string): boolean => text.startsWith(SEALED_MARK);

/** Whether any text in it looks like a sealed one: what people write must not, or it would be opened as somebody's. */
export const looksSealed = (value: unknown): boolean => {
  if (typeof value === 'string') return isSealed(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(looksSealed);
};

/** A copy of the document with every sealed text left out: for those who may not see it. */
export const hidePersonal = (doc: JsonObject): JsonObject => mapFields(doc, (text) => (isSealed(text) ? null : text));

export const createPrivacy = (vault: Vault): Privacy => {
  const seal = (subject: string, plain: string): string => `${SEALED_MARK}${vault.seal(subjectId(subject), plain)}`;
  const sealedIn = (text: string): Sealed | null => (isSealed(text) ? sealed(text.slice(SEALED_MARK.length)) : null);
  const openText = (text: string): string | null => {
    const cipher = sealedIn(text);
    return cipher === null ? text : vault.open(cipher);
  };
  return {
    seal,
    sealMaybe: (subject, plain) => (plain === null ? null : seal(subject, plain)),
    openText,
    sealedIn,
    open: (doc) => mapFields(doc, openText),
  };
};
