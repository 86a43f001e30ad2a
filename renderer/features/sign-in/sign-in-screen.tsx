import { useState, type ReactNode } from 'react';
import type { PersonView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { Empty, RefusalNote } from '../../kit/notices.tsx';
import { Screen } from '../../kit/screen.tsx';
import { useWords } from '../../seat/use-words.ts';
import { shiftOf } from '../../store/selectors.ts';
import { useSeat, useSeatState } from '../../seat/seat-context.tsx';
import { goTo } from '../../parts/desk/route.ts';
import { ChangePin } from './change-pin.tsx';
import { keepLent, lentBy } from './lent.ts';
import { PinPad } from './pin-pad.tsx';
import { RecoverForm } from './recover-form.tsx';
import './sign-in.css';

const Pin = ({ person, onBack }: { readonly person: PersonView; readonly onBack: () => void }): ReactNode => {
  const { t, person: nameOf } = useWords();
  const { bridge } = useSeat();
  const sender = useSender();
  const demo = useSeatState((state) => state.tables.demo.size > 0);
  const before = useSeatState((state) => state.session?.personId ?? null);
  const responsible = useSeatState((state) => shiftOf(state)?.responsible?.personId ?? null);
  const [pin, setPin] = useState('');
  const enter = async (): Promise<void> => {
    const reply = await sender.ask(bridge.signIn(person.personId, pin));
    setPin('');
    if (!reply.ok) return;
    // Whoever has the watch and sat here gets the seat back; who only looks must not end it unnoticed.
    if (person.personId === responsible) keepLent(sessionStorage, null);
    else if (before !== null && before === responsible) keepLent(sessionStorage, before);
    goTo('room');
  };
  return (
    <div className="card pin-card">
      <div className="pin-head">
        <h3>{t('signIn.hello', { name: person.name ?? t('common.notShown') })}</h3>
        <Button action="signInBack" look="quiet" label={t('signIn.notMe')} onPress={onBack} />
      </div>
      {demo && (
        <p className="notice" data-demo-pin>
          {t('signIn.demoPin')}
        </p>
      )}
      <PinPad
        value={pin}
        onChange={setPin}
        onEnter={() => void enter()}
        busy={sender.busy}
        refusal={sender.refusal}
        label={t('signIn.pin')}
        enterLabel={t('signIn.enter')}
      />
      {responsible !== null && responsible !== person.personId && (
        <p className="notice" data-stays={responsible}>
          {t('signIn.dutyStays', { holder: nameOf(responsible) })}
        </p>
      )}
    </div>
  );
};

/** Pick your name, then your PIN. Signed in already: who you are, and the way out. */
export const SignInScreen = (): ReactNode => {
  const { t, person: nameOf } = useWords();
  const { bridge } = useSeat();
  const sender = useSender();
  const session = useSeatState((state) => state.session);
  const people = useSeatState((state) => state.tables.people);
  const [chosen, setChosen] = useState<string | null>(() => {
    const lender = lentBy(sessionStorage);
    return lender !== null && lender !== session?.personId && people.get(lender)?.active === true ? lender : null;
  });
  const [lost, setLost] = useState(false);
  const [changing, setChanging] = useState(false);
  const list = [...people.values()].filter((person) => person.active);
  const person = chosen === null ? undefined : people.get(chosen);
  if (lost)
    return (
      <Screen name="signIn" title={t('recover.title')} lead={t('recover.lead')}>
        <RecoverForm onDone={() => setLost(false)} />
      </Screen>
    );
  if (changing && session !== null)
    return (
      <Screen name="signIn" title={t('changePin.title')} lead={t('changePin.lead')}>
        <ChangePin onClose={() => setChanging(false)} />
      </Screen>
    );
  return (
    <Screen name="signIn" title={t('signIn.title')} lead={t('signIn.lead')}>
      <div className="sign-in">
        {session !== null && person === undefined && (
          <div className="card signed-in">
            <p>
              {t('signIn.youAre')} <strong>{nameOf(session.personId)}</strong> · {t(`role.${session.role}`)}
            </p>
            <RefusalNote refusal={sender.refusal} />
            <Button action="openChangePin" label={t('changePin.title')} onPress={() => setChanging(true)} />
            <Button
              action="signOut"
              label={t('signIn.out')}
              hint={t('signIn.outHint')}
              busy={sender.busy}
              onPress={() => void sender.ask(bridge.signOut())}
            />
          </div>
        )}
        {person !== undefined && <Pin key={person.personId} person={person} onBack={() => setChosen(null)} />}
        {person === undefined && list.length === 0 && (
          <Empty title={t('signIn.nobody')}>{t('signIn.nobodyNext')}</Empty>
        )}
        {person === undefined && list.length > 0 && (
          <ul className="names">
            {list.map((who) => (
              <li key={who.personId}>
                <Button
                  action="chooseName"
                  answer={who.personId}
                  size="tile"
                  label={who.name ?? t('common.notShown')}
                  hint={t(`role.${who.role}`)}
                  onPress={() => setChosen(who.personId)}
                />
              </li>
            ))}
          </ul>
        )}
        {(person === undefined || person.role === 'manager') && (
          <Button action="lostPin" look="quiet" label={t('signIn.lost')} onPress={() => setLost(true)} />
        )}
      </div>
    </Screen>
  );
};
