import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en/index.ts';
import { zhCN } from './zh-CN/index.ts';

/** The two catalogues, both complete: a missing text is a defect that a unit test finds, not a fallback. */
export const createTexts = (lang: string): i18n => {
  const texts = createInstance();
  void texts.use(initReactI18next).init({
    lng: lang,
    fallbackLng: false,
    resources: { 'zh-CN': { translation: zhCN }, en: { translation: en } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return texts;
};
