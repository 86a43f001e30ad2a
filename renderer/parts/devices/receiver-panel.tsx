import { useState, type ReactNode } from 'react';
import type { ReceiverReply } from '../../../electron/contract/messages.schema.ts';
import { Button } from '../../kit/button.tsx';
import { useWords } from '../../seat/use-words.ts';
import type { Words } from '../../../electron/words/words.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import { ReceiverForm } from './receiver-form.tsx';
import { EVERY } from './receiver.rules.ts';
import { useReceiver } from './use-receiver.ts';

type Seen = ReceiverReply['seen'][number];

/** What was made of a message that came, in words. */
const readAs = (seen: Seen, { t, either }: Words): string => {
  const says = t(`receiver.readAs.${seen.readAs}`);
  if (seen.meaning === null) return says;
  const what = either(`alarm.panel.reported.${seen.meaning}`, either(`log.panel.${seen.meaning}`, ''));
  return t('receiver.button', { says, what, zone: seen.zone });
};

/** One message that came: when, from where, whose, and what it was read as. */
export const SeenLine = ({ seen }: { readonly seen: Seen }): ReactNode => {
  const words = useWords();
  const nowMs = useSeatState((state) => state.nowMs);
  const account = seen.account === '' ? words.t('receiver.noAccount') : seen.account;
  return (
    <>
      {words.t('receiver.came', {
        when: words.since(seen.atMs, nowMs),
        source: seen.source,
        account,
        what: readAs(seen, words),
      })}
    </>
  );
};

/** How it stands with the way of help buttons to this computer, in one sentence. */
const Standing = ({ reply }: { readonly reply: ReceiverReply }): ReactNode => {
  const { t, byName } = useWords();
  const { state, listening, addresses } = reply;
  if (listening.state === 'listening' && state === 'ok') {
    const own = addresses.map(({ address }) => address).join(t('common.listComma'));
    const address = listening.host === EVERY ? own : listening.host;
    return (
      <p className="next-step" data-receiver={state}>
        {t('receiver.reach', { address, port: listening.port })}
      </p>
    );
  }
  if (state === 'simulated')
    return (
      <p className="next-step" data-receiver={state}>
        {t('receiver.demo')}
      </p>
    );
  const fault = listening.state === 'failed' ? t(`alarm.panel.unreachable.${listening.fault}`) : '';
  return (
    <p className="notice" data-tone="problem" data-receiver={state} role="status">
      {byName(`receiver.${state}`, { fault })}
    </p>
  );
};

/** Where help buttons call: how it stands, what came last, and the form to set it. Managers only. */
export const ReceiverPanel = (): ReactNode => {
  const { t } = useWords();
  const reply = useReceiver();
  const [editing, setEditing] = useState(false);
  if (reply === null) return null;
  const [last] = reply.seen;
  if (editing) return <ReceiverForm reply={reply} onClose={() => setEditing(false)} />;
  return (
    <section className="card receiver" data-panel="receiver" aria-label={t('receiver.title')}>
      <h3>{t('receiver.title')}</h3>
      <Standing reply={reply} />
      {reply.options !== null && <p className="facts">{t('receiver.byOptions')}</p>}
      <p className="facts" data-last-frame={last?.readAs ?? 'none'}>
        {last === undefined ? t('receiver.nothingCame') : <SeenLine seen={last} />}
      </p>
      <div className="buttons">
        <Button
          action="openReceiver"
          look={reply.state === 'notSet' ? 'primary' : 'plain'}
          label={t(reply.chosen === null ? 'receiver.set' : 'receiver.change')}
          onPress={() => setEditing(true)}
        />
      </div>
    </section>
  );
};
