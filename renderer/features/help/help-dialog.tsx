import type { ReactNode } from 'react';
import { Dialog } from '../../kit/dialog.tsx';
import { usePreferences } from '../../kit/preferences.ts';
import { useWords } from '../../kit/use-words.ts';
import { useSeat } from '../../store/seat-context.tsx';
import { keyTable } from '../shell/keys.ts';
import './help.css';

/** Every key of the seat. */
export const HelpDialog = ({ onClose }: { readonly onClose: () => void }): ReactNode => {
  const { t } = useWords();
  const { preferences } = useSeat();
  const { letterKeys } = usePreferences(preferences);
  return (
    <Dialog name="help" title={t('help.title')} onClose={onClose}>
      <p className="lead">{t('help.lead')}</p>
      <label className="switch">
        <input
          type="checkbox"
          checked={letterKeys}
          onChange={(event) => preferences.set({ letterKeys: event.target.checked })}
        />
        {t('help.letterKeys')}
      </label>
      <ul className="keys">
        {keyTable.map(({ key, says }) => (
          <li key={key}>
            <kbd>{key === '+' ? '+' : key.toUpperCase()}</kbd>
            {t(`keys.${says}`)}
          </li>
        ))}
        <li>
          <kbd>Enter</kbd>
          {t('keys.enlarge')}
        </li>
        <li>
          <kbd>Esc</kbd>
          {t('keys.escape')}
        </li>
        <li>
          <kbd>Tab</kbd>
          {t('keys.tab')}
        </li>
      </ul>
    </Dialog>
  );
};
