/** Texts, times and names, ready to make sentences with. */
import type { i18n } from 'i18next';
import { createTimeWords, FALLBACK_ZONE, knowsZone } from './kernel/time-words.ts';
import type { Rows } from './kernel/rows.ts';
import type { Language, Words as AnyWords } from './kernel/words.ts';
import type { TextKey } from './texts.ts';

export type Words = AnyWords<TextKey>;

/** The texts in this language, with times of this zone, or of China where this machine does not know it. */
export const createLanguage = (texts: i18n, lang: string, timeZone: string | null): Language<TextKey> => {
  const translate = texts.getFixedT(lang);
  const times = createTimeWords(lang, timeZone !== null && knowsZone(timeZone) ? timeZone : FALLBACK_ZONE);
  const byName: Words['byName'] = (key, values) => translate(key, values ?? {});
  return {
    ...times,
    lang,
    t: byName,
    byName,
    either: (key, otherwise, values) => (texts.exists(key, { lng: lang }) ? byName(key, values) : otherwise),
    since: (ms, nowMs) => (nowMs === null ? times.hm(ms) : (times.ago(ms, nowMs) ?? byName('time.justNow'))),
  };
};

/** The language, with what people and cameras are called in these rows. */
export const withNames = (
  language: Language<TextKey>,
  { people, cameras }: Pick<Rows, 'people' | 'cameras'>,
): Words => {
  const { t } = language;
  return {
    ...language,
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
};
