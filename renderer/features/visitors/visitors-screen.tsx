import { useMemo, type ReactNode } from 'react';
import type { VisitView } from '../../../electron/contract/views.schema.ts';
import { mayTakeBack } from '../../../electron/domain/visits/visit.rules.ts';
import { plateToText } from '../../../electron/domain/visits/plate.rules.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { Empty, RefusalNote } from '../../kit/notices.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { Screen } from '../../kit/screen.tsx';
import { useWords } from '../../seat/use-words.ts';
import { Preparing } from '../../parts/preparing/preparing.tsx';
import { useSeatState } from '../../seat/seat-context.tsx';
import { TwoTaps } from '../../kit/two-taps.tsx';
import { RegisterForm } from './register-form.tsx';
import './visitors.css';

/** How many of those who have left are listed. */
const LEFT_SHOWN = 20;

const Visit = ({ visit }: { readonly visit: VisitView }): ReactNode => {
  const { t, hm, since, person } = useWords();
  const nowMs = useSeatState((state) => state.nowMs);
  const sender = useSender();
  const whyNot = useWhyNot();
  const { visitId, state } = visit;
  const facts = [visit.plate === null ? null : plateToText(visit.plate), visit.phone].filter((fact) => fact !== null);
  return (
    <li className="visit" data-visit={visitId} data-state={state}>
      <div className="visit-who">
        <p>
          <strong>{visit.name ?? t('visit.forgotten')}</strong>{' '}
          <span className="tag">{t(`visit.kind.${visit.kind}`)}</span>
        </p>
        <p className="facts">
          {visit.visiting !== null && t('visit.to', { place: visit.visiting })}
          {facts.map((fact) => (
            <span key={fact}>
              {' · '}
              <span className="whole">{fact}</span>
            </span>
          ))}
        </p>
        <p className="facts">
          {visit.leftAt === null
            ? t('visit.arrived', {
                time: hm(visit.arrivedAt),
                since: since(visit.arrivedAt, nowMs),
                name: person(visit.registeredBy),
              })
            : t('visit.stayed', { from: hm(visit.arrivedAt), to: hm(visit.leftAt) })}
        </p>
        <RefusalNote refusal={sender.refusal} />
      </div>
      <div className="buttons visit-buttons">
        {state === 'inside' && (
          <Button
            action="visitorLeft"
            size="large"
            label={t('visit.left')}
            busy={sender.busy}
            why={whyNot('visitorLeft')}
            onPress={() => void sender.send('visitorLeft', { visitId })}
          />
        )}
        {state === 'left' && mayTakeBack(visit.leftAt, nowMs ?? 0) && (
          <Button
            action="takeBackDeparture"
            label={t('visit.takeBack')}
            busy={sender.busy}
            why={whyNot('takeBackDeparture')}
            onPress={() => void sender.send('takeBackDeparture', { visitId })}
          />
        )}
        {state === 'left' && (
          <TwoTaps
            action="forgetVisitor"
            size="small"
            look="quiet"
            label={t('visit.forget')}
            confirm={t('visit.forgetAgain')}
            hint={t('visit.forgetHint')}
            busy={sender.busy}
            why={whyNot('forgetVisitor')}
            onPress={() => void sender.send('forgetVisitor', { visitId })}
          />
        )}
      </div>
    </li>
  );
};

/** Write a visitor in, see who is inside, and let them go. */
export const VisitorsScreen = (): ReactNode => {
  const { t } = useWords();
  const visits = useSeatState((state) => state.tables.visits);
  const all = useMemo(() => [...visits.values()].toSorted((a, b) => b.arrivedAt - a.arrivedAt), [visits]);
  const inside = all.filter((visit) => visit.state === 'inside');
  const gone = all.filter((visit) => visit.state !== 'inside').slice(0, LEFT_SHOWN);
  return (
    <Screen name="visitors" title={t('visit.title')}>
      <div className="visitors">
        <RegisterForm />
        <section className="visits" aria-label={t('visit.inside')}>
          <h3>
            {t('visit.inside')} <span className="count">{inside.length}</span>
          </h3>
          {inside.length === 0 ? (
            <Preparing otherwise={<Empty title={t('visit.nobodyInside')}>{t('visit.nobodyInsideNext')}</Empty>} />
          ) : (
            <ul>
              {inside.map((visit) => (
                <Visit key={visit.visitId} visit={visit} />
              ))}
            </ul>
          )}
          {gone.length > 0 && (
            <>
              <h3>{t('visit.gone')}</h3>
              <ul>
                {gone.map((visit) => (
                  <Visit key={visit.visitId} visit={visit} />
                ))}
              </ul>
            </>
          )}
        </section>
      </div>
    </Screen>
  );
};
