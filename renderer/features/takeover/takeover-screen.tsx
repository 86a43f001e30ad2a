import { useState, type ReactNode } from 'react';
import type { ShiftView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { Empty, RefusalNote } from '../../kit/notices.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { Screen } from '../../kit/screen.tsx';
import { useWords } from '../../seat/use-words.ts';
import { openItemsNow } from '../../store/duty.ts';
import { shiftOf } from '../../store/selectors.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import { HandoverCode } from '../../parts/log/head-code.tsx';
import { goTo } from '../../parts/desk/route.ts';
import { ItemList } from './item-list.tsx';
import { keepLooked, lookedAt } from './looked.ts';
import { ShiftNotes } from './shift-notes.tsx';
import './takeover.css';

type Handover = NonNullable<ShiftView['handover']>;

/** The incoming person looks at one open thing after the other, and accepts when all are seen. */
const Walk = ({
  handover,
  unstaffed,
  shiftNumber,
}: {
  readonly handover: Handover;
  /** Nobody is responsible until this person accepts. */
  readonly unstaffed: boolean;
  /** The shift that ends, or `null` where nobody has the watch. */
  readonly shiftNumber: number | null;
}): ReactNode => {
  const { t, hm } = useWords();
  const sender = useSender();
  const whyNot = useWhyNot();
  const walk = `${handover.incoming} ${handover.startedAt}`;
  const [seen, setSeen] = useState(() => lookedAt(sessionStorage, walk));
  const look = (item: string): void => {
    const next = new Set([...seen, item]);
    setSeen(next);
    keepLooked(sessionStorage, walk, next);
  };
  const left = handover.openItems.filter((item) => !seen.has(item)).length;
  const why = whyNot('acceptTakeover') ?? (left === 0 ? null : t('takeover.lookFirst', { left }));
  const accept = async (): Promise<void> => {
    const answer = await sender.send('acceptTakeover', { seenItems: [...seen] });
    if (answer.ok) goTo('room');
  };
  return (
    <div className="card walk">
      <h3>
        {handover.openItems.length === 0
          ? t('takeover.nothingOpen')
          : t('takeover.look', { count: handover.openItems.length })}
      </h3>
      {handover.openItems.length === 0 ? (
        <p>{t('takeover.nothingOpenNext')}</p>
      ) : (
        <ItemList items={handover.openItems} seen={seen} onSeen={look} />
      )}
      {shiftNumber !== null && <ShiftNotes shiftNumber={shiftNumber} />}
      <p>{t('takeover.untilThen', { time: hm(handover.until) })}</p>
      <RefusalNote refusal={sender.refusal} />
      <div className="buttons">
        <Button
          action="acceptTakeover"
          look="primary"
          size="large"
          label={t('takeover.accept')}
          hint={t('takeover.acceptHint')}
          why={why}
          busy={sender.busy}
          onPress={() => void accept()}
        />
        <Button
          action="withdrawTakeover"
          size="large"
          look="quiet"
          label={t('takeover.withdraw')}
          hint={t(unstaffed ? 'takeover.withdrawNobody' : 'takeover.withdrawHint')}
          busy={sender.busy}
          onPress={() => void sender.send('withdrawTakeover', {})}
        />
      </div>
    </div>
  );
};

/** What whoever has the watch answers for now: also what came along with it. */
const Yours = (): ReactNode => {
  const { t } = useWords();
  const tables = useSeatState((state) => state.tables);
  const items = openItemsNow(tables);
  return (
    <section className="card" data-yours={items.length} aria-label={t('takeover.yours')}>
      <h3>{items.length === 0 ? t('takeover.nothingOpen') : t('takeover.yoursCount', { count: items.length })}</h3>
      {items.length > 0 && <ItemList items={items} />}
    </section>
  );
};

/** Taking over the watch. Whoever had it keeps it until the next has accepted. */
export const TakeoverScreen = (): ReactNode => {
  const { t, hm, person } = useWords();
  const shift = useSeatState(shiftOf);
  const me = useSeatState((state) => state.session?.personId ?? null);
  const sender = useSender();
  const whyNot = useWhyNot();
  if (shift === null)
    return (
      <Screen name="takeover" title={t('takeover.title')}>
        <Empty title={t('takeover.noPost')}>{t('takeover.noPostNext')}</Empty>
      </Screen>
    );
  const { responsible, handover } = shift;
  const mine = responsible !== null && responsible.personId === me;
  return (
    <Screen name="takeover" title={t('takeover.title')} lead={t('takeover.lead')}>
      <div className="takeover">
        <section className="card hands" aria-label={t('takeover.who')}>
          <p className="hand">
            <span>{t(responsible === null ? 'takeover.now' : 'takeover.from')}</span>
            <strong>{responsible === null ? t('takeover.nobodyOn') : person(responsible.personId)}</strong>
            <span className="facts">
              {responsible === null
                ? t('takeover.nobodyMeans')
                : t('takeover.since', { from: hm(responsible.since), to: hm(responsible.until) })}
            </span>
          </p>
          <span className="hand-arrow" aria-hidden="true">
            →
          </span>
          <p className="hand">
            <span>{t(responsible === null ? 'takeover.begins' : 'takeover.to')}</span>
            <strong>
              {handover === null ? (mine ? t('takeover.notBegun') : person(me)) : person(handover.incoming)}
            </strong>
            {handover !== null && (
              <span className="facts">{t('takeover.begunAt', { time: hm(handover.startedAt) })}</span>
            )}
          </p>
        </section>
        <HandoverCode />
        {handover === null && (
          <div className="card">
            <p>{t(mine ? 'takeover.youAreOn' : responsible === null ? 'takeover.nobodyYet' : 'takeover.begin')}</p>
            <RefusalNote refusal={sender.refusal} />
            <Button
              action="beginTakeover"
              look="primary"
              size="large"
              label={t('takeover.beginButton')}
              busy={sender.busy}
              why={mine ? t('takeover.whyYou') : whyNot('beginTakeover')}
              onPress={() => void sender.send('beginTakeover', {})}
            />
            {mine && (
              <Button
                action="changePerson"
                look="primary"
                size="large"
                label={t('takeover.changePerson')}
                hint={t('takeover.changePersonHint')}
                onPress={() => goTo('signIn')}
              />
            )}
          </div>
        )}
        {handover !== null && handover.incoming === me && (
          <Walk
            key={handover.startedAt}
            handover={handover}
            unstaffed={responsible === null}
            shiftNumber={responsible?.shiftNumber ?? null}
          />
        )}
        {handover !== null && handover.incoming !== me && (
          <p className="notice">
            {t(responsible === null ? 'takeover.otherNobody' : 'takeover.other', {
              incoming: person(handover.incoming),
              outgoing: responsible === null ? t('header.nobody') : person(responsible.personId),
            })}
          </p>
        )}
        {mine && <Yours />}
      </div>
    </Screen>
  );
};
