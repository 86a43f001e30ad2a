/** The texts of both languages, of all features. */
import { createInstance, type i18n } from 'i18next';
import { wordsFeatures } from './features.ts';
import { joinCatalogues, type KeysOf } from './kernel/catalogue.ts';

/** Every text that there is. */
export type TextKey = KeysOf<(typeof wordsFeatures)[number]['en']>;

export const catalogues = {
  en: joinCatalogues(wordsFeatures.map(({ en }) => en)),
  'zh-CN': joinCatalogues(wordsFeatures.map(({ zhCN }) => zhCN)),
} as const;

/**
 * The two catalogues, both complete: a missing text is a defect that a unit test finds, not a fallback. `prepare`: what whoever shows them adds
 * to the instance before it begins.
 */
export const createTexts = (lang: string, prepare: (texts: i18n) => void = () => undefined): i18n => {
  const texts = createInstance();
  prepare(texts);
  void texts.init({
    lng: lang,
    fallbackLng: false,
    resources: { 'zh-CN': { translation: catalogues['zh-CN'] }, en: { translation: catalogues.en } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return texts;
};
