import type { ReactNode } from 'react';
import type { TextKey } from '../../../electron/words/texts.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Choice } from '../../kit/field.tsx';
import { usePreferences } from '../../seat/preferences.ts';
import { PRESS_HOLD_LEAST_MS, PRESS_HOLD_MOST_MS, PRESS_HOLD_MS } from '../../seat/press-hold.ts';
import { useWords } from '../../seat/use-words.ts';
import { useSeat } from '../../seat/seat-context.tsx';
import { nearest } from '../../seat/keys.rules.ts';
import { useKeyBook, type Scope } from '../../seat/keys.tsx';
import { useRegistry } from '../../seat/registry.tsx';
import './help.css';

const holds = [PRESS_HOLD_LEAST_MS, PRESS_HOLD_MS, 1000, PRESS_HOLD_MOST_MS];

/** The keys that count at the same time, under a heading that says when: those of what is on screen. */
const Keys = ({
  when,
  scopes,
  children,
}: {
  readonly when: 'anywhere' | 'question' | 'screen' | 'noFields';
  readonly scopes: readonly Scope[];
  readonly children?: ReactNode;
}): ReactNode => {
  const { t } = useWords();
  const book = useKeyBook();
  const { bar } = useRegistry();
  /** The bar's own first, in its order. */
  const orderOf = (says: TextKey): number => {
    const at = bar.findIndex(({ name }) => says === `nav.${name}`);
    return at === -1 ? bar.length : at;
  };
  const keys = nearest(book.all())
    .filter(({ scope }) => scopes.includes(scope))
    .toSorted((left, right) => orderOf(left.says) - orderOf(right.says));
  // Keys of the screen in front: where there are none of this kind, nothing is said of them.
  if (keys.length === 0) return null;
  return (
    <section data-keys={when}>
      <h3>{t(`help.when.${when}`)}</h3>
      <ul className="keys">
        {keys.map(({ key, says }) => (
          <li key={key}>
            <kbd data-size="wide">{key.toUpperCase()}</kbd>
            {t(says)}
          </li>
        ))}
        {children}
      </ul>
    </section>
  );
};

/** Every key of the seat and when it counts; and how the seat looks, which is changed by key only while this is open. */
export const HelpDialog = ({ onClose }: { readonly onClose: () => void }): ReactNode => {
  const { t } = useWords();
  const { preferences } = useSeat();
  const { letterKeys, pressHoldMs, print, theme, lang } = usePreferences(preferences);
  return (
    <Dialog name="help" title={t('help.title')} onClose={onClose}>
      <p className="lead">{t('help.lead')}</p>
      <label className="switch">
        <input
          type="checkbox"
          name="letterKeys"
          checked={letterKeys}
          onChange={(event) => preferences.set({ letterKeys: event.target.checked })}
        />
        {t('help.letterKeys')}
      </label>
      <Keys when="question" scopes={['question']} />
      <Keys when="screen" scopes={['screen']} />
      <Keys when="anywhere" scopes={['anywhere', 'always']}>
        <li>
          <kbd data-size="wide">Ctrl K</kbd>
          {t('keys.find')}
        </li>
        <li>
          <kbd data-size="wide">Enter</kbd>
          {t('keys.enlarge')}
        </li>
        <li>
          <kbd data-size="wide">Esc</kbd>
          {t('keys.escape')}
        </li>
        <li>
          <kbd data-size="wide">Tab</kbd>
          {t('keys.tab')}
        </li>
      </Keys>
      <Keys when="noFields" scopes={['noFields']} />
      <section data-keys="sheet">
        <h3>{t('help.when.sheet')}</h3>
        <div className="buttons">
          <Button
            action="sheetLargePrint"
            shortcut={{ key: '+', says: 'keys.largePrint', scope: 'sheet' }}
            label={t('keys.largePrint')}
            pressed={print === 'large'}
            onPress={() => preferences.set({ print: print === 'large' ? 'normal' : 'large' })}
          />
          <Button
            action="sheetTheme"
            shortcut={{ key: 'd', says: 'keys.theme', scope: 'sheet' }}
            label={t('keys.theme')}
            onPress={() => preferences.set({ theme: theme === 'dark' ? 'light' : 'dark' })}
          />
          <Button
            action="sheetLanguage"
            shortcut={{ key: 'e', says: 'keys.language', scope: 'sheet' }}
            label={t('keys.language')}
            onPress={() => preferences.set({ lang: lang === 'en' ? 'zh-CN' : 'en' })}
          />
        </div>
      </section>
      <Choice
        label={t('help.hold')}
        name="pressHold"
        value={String(pressHoldMs)}
        options={holds.map((ms) => ({ value: String(ms), label: t('help.holdFor', { seconds: ms / 1000 }) }))}
        onChange={(ms) => preferences.set({ pressHoldMs: Number(ms) })}
      />
    </Dialog>
  );
};
