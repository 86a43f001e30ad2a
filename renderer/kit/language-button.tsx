import type { ReactNode } from 'react';
import { useSeat } from '../seat/seat-context.tsx';
import { usePreferences } from '../seat/preferences.ts';

/** To the other language, named in that language. */
export const LanguageButton = ({ small = false }: { readonly small?: boolean }): ReactNode => {
  const { preferences } = useSeat();
  const other = usePreferences(preferences).lang === 'en' ? 'zh-CN' : 'en';
  return (
    <button
      type="button"
      className="button"
      data-look="quiet"
      data-size={small ? 'small' : 'normal'}
      data-action="language"
      lang={other}
      onClick={() => preferences.set({ lang: other })}
    >
      {other === 'en' ? 'English' : '中文'}
    </button>
  );
};
