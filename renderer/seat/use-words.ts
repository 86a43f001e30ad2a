import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { createLanguage, withNames, type Words } from '../../electron/words/words.ts';
import { useSeatState } from './seat-context.tsx';

/** The texts, times and names of this seat's language. */
export const useWords = (): Words => {
  const { i18n } = useTranslation();
  const community = useSeatState((state) => state.tables.community);
  const people = useSeatState((state) => state.tables.people);
  const cameras = useSeatState((state) => state.tables.cameras);
  const zone = community.values().next().value?.timeZone ?? null;
  const lang = i18n.language;
  const language = useMemo(() => createLanguage(i18n, lang, zone), [i18n, lang, zone]);
  return useMemo(() => withNames(language, { people, cameras }), [language, people, cameras]);
};
