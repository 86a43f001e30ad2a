import { useState, type ReactNode } from 'react';
import { Button } from '../../kit/button.tsx';
import { useWords } from '../../seat/use-words.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import { SeenLine } from './receiver-panel.tsx';
import { comesFrom } from './receiver.rules.ts';
import { useReceiver } from './use-receiver.ts';

/** "Press the button now": what came since the form was opened, and whether it is the button that the form describes. */
export const TrialPress = ({
  account,
  zone,
  onTake,
}: {
  readonly account: string;
  readonly zone: string;
  /** Fills the form with what came. */
  readonly onTake: (account: string, zone: string) => void;
}): ReactNode => {
  const { t } = useWords();
  const reply = useReceiver();
  const nowMs = useSeatState((state) => state.nowMs);
  const [openedMs] = useState(nowMs ?? 0);
  if (reply === null) return null;
  const { state } = reply;
  const fresh = reply.seen.filter(({ atMs }) => atMs >= openedMs);
  const press = fresh.find(({ meaning }) => meaning !== null) ?? fresh[0];
  const match = press === undefined ? 'none' : comesFrom(press, account, zone);
  return (
    <section className="trial form-wide" data-trial={match} aria-label={t('receiver.trial')}>
      <h4>{t('receiver.trial')}</h4>
      {state !== 'ok' && state !== 'simulated' && (
        <p className="notice" data-tone="problem">
          {t(`receiver.short.${state}`)}
        </p>
      )}
      <p role="status">{press === undefined ? t('receiver.trialWaits') : <SeenLine seen={press} />}</p>
      {match !== 'none' && <p className="next-step">{t(`receiver.match.${match}`)}</p>}
      {press?.readAs === 'unknownAccount' && press.account === account.trim() && (
        <p className="next-step">{t('receiver.trialSave')}</p>
      )}
      {match === 'other' && press !== undefined && (
        <Button
          action="takeTrial"
          label={t('receiver.take', { account: press.account, zone: press.zone })}
          onPress={() => onTake(press.account, press.zone)}
        />
      )}
      <p className="field-hint">{t('receiver.trialMeans')}</p>
    </section>
  );
};
