import { useEffect, useState, type ReactNode } from 'react';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { RefusalNote } from '../../kit/notices.tsx';
import { LanguageButton } from '../../kit/language-button.tsx';
import { useMoreBelow } from '../../kit/more-below.ts';
import { RecoveryCode } from '../../kit/recovery-code.tsx';
import { useWords } from '../../seat/use-words.ts';
import { openAlarms } from '../../store/selectors.ts';
import { useSeat, useSeatState } from '../../seat/seat-context.tsx';
import { DeviceStep, deviceSteps, type DeviceStepName } from './device-step.tsx';
import { EstablishForm } from './establish-form.tsx';
import './setup.css';

type Step =
  { readonly at: 'choose' | 'establish' | DeviceStepName | 'done' } | { readonly at: 'code'; readonly code: string };

export interface SetupScreenProps {
  /** One's own community is being set up: the wizard stays although there is a community now. */
  readonly onBegin: () => void;
  readonly onDone: () => void;
}

/** An empty folder: a demo to look at, or a community of one's own. */
export const SetupScreen = ({ onBegin, onDone }: SetupScreenProps): ReactNode => {
  const { t, lang } = useWords();
  const { bridge } = useSeat();
  const silent = useSeatState((state) => state.link !== 'ok');
  const offersDemo = useSeatState((state) => state.health?.demo === 'offered');
  const sender = useSender();
  const [step, setStep] = useState<Step>({ at: 'choose' });
  const helpWanted = useSeatState((state) =>
    openAlarms(state.tables.alarms).some((alarm) => alarm.priority === 'life'),
  );
  const done = step.at === 'done';
  // A button that has just been set up is pressed: the call is dealt with in the room, not behind a word that all is done.
  useEffect(() => {
    if (done && helpWanted) onDone();
  }, [done, helpWanted, onDone]);
  const device = deviceSteps.find((name) => name === step.at);
  const [moreBelow, end] = useMoreBelow();
  return (
    <main className="setup" data-screen="setup" data-setup-step={step.at} data-station={silent ? 'silent' : 'ok'}>
      <header className="setup-head">
        <h1>{t('setup.title')}</h1>
        <LanguageButton />
      </header>
      {silent && (
        <p className="notice" data-tone="problem" role="alert">
          {t('banner.silentFromStart')}
        </p>
      )}
      {step.at === 'choose' && (
        <>
          <p className="lead">{t(offersDemo ? 'setup.lead' : 'setup.leadOwn')}</p>
          <div className="setup-ways">
            {offersDemo && (
              <section className="card" data-roomy>
                <h2>{t('setup.demoTitle')}</h2>
                <p>{t('setup.demoMeans')}</p>
                <p className="facts">{t('setup.demoMark')}</p>
                <Button
                  action="startDemo"
                  size="large"
                  look="primary"
                  label={t(sender.busy ? 'setup.demoStarting' : 'setup.demoStart')}
                  busy={sender.busy}
                  onPress={() =>
                    void sender.ask(bridge.query({ type: 'startDemo', lang: lang === 'en' ? 'en' : 'zh-CN' }))
                  }
                />
                <RefusalNote refusal={sender.refusal} />
              </section>
            )}
            <section className="card" data-roomy>
              <h2>{t('setup.ownTitle')}</h2>
              <p>{t('setup.ownMeans')}</p>
              <p className="facts">{t('setup.ownNeeds')}</p>
              <Button
                action="setUpOwn"
                size="large"
                look="primary"
                label={t('setup.ownStart')}
                onPress={() => setStep({ at: 'establish' })}
              />
            </section>
          </div>
        </>
      )}
      {step.at === 'establish' && (
        <EstablishForm
          onBack={() => setStep({ at: 'choose' })}
          onEstablished={(code) => setStep({ at: 'code', code })}
          onBegin={onBegin}
        />
      )}
      {step.at === 'code' && <RecoveryCode code={step.code} onWritten={() => setStep({ at: 'camera' })} />}
      {device !== undefined && <DeviceStep key={device} at={device} onGo={(at) => setStep({ at })} />}
      {done && (
        <section className="card narrow">
          <h2>{t('setup.doneTitle')}</h2>
          <p>{t('setup.doneNext')}</p>
          <Button action="setupDone" size="large" look="primary" label={t('setup.toRoom')} onPress={onDone} />
        </section>
      )}
      {moreBelow && (
        <p className="setup-more" aria-hidden="true">
          {t('column.moreBelow')}
        </p>
      )}
      <span ref={end} className="setup-end" />
    </main>
  );
};
