import type { TextKey } from '../../electron/words/texts.ts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSeatState } from './seat-context.tsx';
import { createTimeWords, FALLBACK_ZONE, knowsZone, type TimeWords } from './time-words.ts';

export interface Words extends TimeWords {
  readonly t: (key: TextKey, values?: Record<string, string | number>) => string;
  /** A text whose key is put together from names of things; a test holds the catalogues to them. */
  readonly byName: (key: string, values?: Record<string, string | number>) => string;
  /** The text, or another one where the catalogue has none: for names that come from outside, such as a refusal's kind. */
  readonly either: (key: string, otherwise: string, values?: Record<string, string | number>) => string;
  readonly lang: string;
  /** "3 minutes ago", or "just now". */
  readonly since: (ms: number, nowMs: number | null) => string;
  /** A person's name, or the words for somebody whose name may not be seen. */
  readonly person: (personId: string | null) => string;
  /** What people call a camera: "3号 · North gate". */
  readonly camera: (cameraId: string) => string;
}

/** The texts, times and names of this seat's language. */
export const useWords = (): Words => {
  const { t: translate, i18n } = useTranslation();
  const community = useSeatState((state) => state.tables.community);
  const people = useSeatState((state) => state.tables.people);
  const cameras = useSeatState((state) => state.tables.cameras);
  const wanted = community.values().next().value?.timeZone ?? FALLBACK_ZONE;
  const zone = useMemo(() => (knowsZone(wanted) ? wanted : FALLBACK_ZONE), [wanted]);
  const lang = i18n.language;
  const times = useMemo(() => createTimeWords(lang, zone), [lang, zone]);
  return useMemo(() => {
    const byName = (key: string, values?: Record<string, string | number>): string => translate(key, values ?? {});
    const t: Words['t'] = byName;
    return {
      ...times,
      t,
      lang,
      byName,
      either: (key, otherwise, values) => (i18n.exists(key) ? byName(key, values) : otherwise),
      since: (ms, nowMs) => (nowMs === null ? times.hm(ms) : (times.ago(ms, nowMs) ?? t('time.justNow'))),
      person: (personId) => {
        if (personId === null || personId === 'station') return t('common.theStation');
        if (personId.startsWith('device:')) return t('common.aDevice');
        return people.get(personId)?.name ?? t('common.somebody');
      },
      camera: (cameraId) => {
        const camera = cameras.get(cameraId);
        return camera === undefined
          ? t('camera.unknown')
          : t('camera.called', { number: camera.number, name: camera.name });
      },
    };
  }, [translate, i18n, times, lang, people, cameras]);
};
