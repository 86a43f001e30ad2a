import { parseJson } from '../../electron/domain/kernel/json.ts';
import { createListeners } from '../../electron/domain/kernel/listeners.ts';
import { useSyncExternalStore } from 'react';
import { PRESS_HOLD_LEAST_MS, PRESS_HOLD_MOST_MS, PRESS_HOLD_MS } from './press-hold.ts';

export type Theme = 'dark' | 'light';
export type Print = 'normal' | 'large';
export type Lang = 'zh-CN' | 'en';
export type WallSize = 1 | 4 | 9 | 16;

/** How this seat looks; kept on this machine, not at the station. */
export interface PreferenceValues {
  readonly theme: Theme;
  readonly print: Print;
  readonly lang: Lang;
  readonly wall: WallSize;
  /** Single letters do things (`g` for the gate). Some people's aids type by themselves: it can be switched off. */
  readonly letterKeys: boolean;
  /** How long what has just changed on screen takes no press, 400 to 1,500 milliseconds. */
  readonly pressHoldMs: number;
}

export interface Preferences {
  readonly get: () => PreferenceValues;
  readonly set: (change: Partial<PreferenceValues>) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

const KEY = 'guardroom.look';
const usual: PreferenceValues = {
  theme: 'dark',
  print: 'normal',
  lang: 'zh-CN',
  wall: 16,
  letterKeys: true,
  pressHoldMs: PRESS_HOLD_MS,
};

const within = (value: unknown, least: number, most: number, otherwise: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : otherwise;

const oneOf = <T>(values: readonly T[], value: unknown, otherwise: T): T =>
  values.find((known) => known === value) ?? otherwise;

/** Reads what was kept, value by value: a damaged or older record costs no more than the value it damaged. */
export const readPreferences = (text: string | null, langOfPage: string | null): PreferenceValues => {
  const kept = text === null ? null : parseJson(text);
  const value = (name: keyof PreferenceValues): unknown =>
    typeof kept === 'object' && kept !== null && name in kept ? Reflect.get(kept, name) : undefined;
  return {
    theme: oneOf<Theme>(['dark', 'light'], value('theme'), usual.theme),
    print: oneOf<Print>(['normal', 'large'], value('print'), usual.print),
    lang: oneOf<Lang>(['zh-CN', 'en'], langOfPage ?? value('lang'), usual.lang),
    wall: oneOf<WallSize>([1, 4, 9, 16], value('wall'), usual.wall),
    letterKeys: value('letterKeys') !== false,
    pressHoldMs: within(value('pressHoldMs'), PRESS_HOLD_LEAST_MS, PRESS_HOLD_MOST_MS, usual.pressHoldMs),
  };
};

export const createPreferences = (
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  langOfPage: string | null,
): Preferences => {
  let values = readPreferences(storage.getItem(KEY), langOfPage);
  const listeners = createListeners();
  return {
    get: () => values,
    set: (change) => {
      values = { ...values, ...change };
      storage.setItem(KEY, JSON.stringify(values));
      listeners.tell();
    },
    subscribe: listeners.add,
  };
};

export const usePreferences = (preferences: Preferences): PreferenceValues =>
  useSyncExternalStore(preferences.subscribe, preferences.get);
