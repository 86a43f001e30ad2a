import { useState, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { useWords } from '../seat/use-words.ts';
import './recovery-code.css';

/** The recovery code, shown this once, to be written down on paper. */
export const RecoveryCode = ({
  code,
  onWritten,
}: {
  readonly code: string;
  readonly onWritten: () => void;
}): ReactNode => {
  const { t } = useWords();
  const [written, setWritten] = useState(false);
  return (
    <section className="card narrow recovery" aria-label={t('recoveryCode.title')}>
      <h3>{t('recoveryCode.title')}</h3>
      <p>{t('recoveryCode.means')}</p>
      <p className="recovery-code" data-recovery-code={code}>
        {code}
      </p>
      <label className="switch">
        <input
          type="checkbox"
          name="written"
          checked={written}
          onChange={(event) => setWritten(event.target.checked)}
        />
        {t('recoveryCode.written')}
      </label>
      <Button
        action="recoveryWritten"
        size="large"
        look="primary"
        label={t('recoveryCode.on')}
        why={written ? null : t('recoveryCode.first')}
        onPress={onWritten}
      />
    </section>
  );
};
