import { useState, type ReactNode } from 'react';
import type { ReceiverReply } from '../../../electron/contract/messages.schema.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { Choice, TextField } from '../../kit/field.tsx';
import { useWords } from '../../seat/use-words.ts';
import { FormFrame } from './form-frame.tsx';
import { EVERY, LOOP, PROPOSED_PORT, proposedSources, readSources } from './receiver.rules.ts';

/** Where help receivers reach this computer: one of its addresses, a port, and who may report. */
export const ReceiverForm = ({
  reply,
  onClose,
}: {
  readonly reply: ReceiverReply;
  readonly onClose: () => void;
}): ReactNode => {
  const { t } = useWords();
  const sender = useSender();
  const { chosen, addresses, seen } = reply;
  const first = chosen?.host ?? addresses[0]?.address ?? LOOP;
  const [host, setHost] = useState(first);
  const [port, setPort] = useState(String(chosen?.port ?? PROPOSED_PORT));
  const [sources, setSources] = useState(chosen?.sources.join(', ') ?? proposedSources(first));
  const read = host === LOOP ? [LOOP] : readSources(sources);
  const portFits = /^\d{4,5}$/.test(port) && Number(port) >= 1024 && Number(port) <= 65_535;
  const why = portFits ? (read === null ? t('receiver.sourcesWrong') : null) : t('receiver.portWrong');
  const refused = seen.find(({ readAs, source }) => readAs === 'notAllowed' && read?.includes(source) !== true);
  // An address that was set and is gone stays in the list, so that it is seen which one that was.
  const known = [...addresses.map(({ address }) => address), EVERY, LOOP];
  const options = [
    ...addresses.map(({ address, name }) => ({ value: address, label: address, hint: name })),
    ...(known.includes(first) ? [] : [{ value: first, label: first, hint: t('receiver.gone') }]),
    { value: EVERY, label: t('receiver.every'), hint: t('receiver.everyHint') },
    { value: LOOP, label: t('receiver.self'), hint: t('receiver.selfHint') },
  ];
  const chooseHost = (value: string): void => {
    if (sources === proposedSources(host)) setSources(proposedSources(value));
    setHost(value);
  };
  return (
    <FormFrame
      title={t('receiver.title')}
      action="setReceiver"
      sender={sender}
      why={why}
      onClose={onClose}
      save={() => sender.send('setReceiver', { host, port: Number(port), sources: [...(read ?? [])] })}
    >
      <Choice label={t('receiver.where')} name="host" options={options} value={host} onChange={chooseHost} />
      <TextField
        label={t('receiver.port')}
        hint={t('receiver.portHint')}
        name="port"
        type="number"
        value={port}
        onChange={setPort}
      />
      {host !== LOOP && (
        <TextField
          label={t('receiver.sources')}
          hint={t('receiver.sourcesHint')}
          name="sources"
          value={sources}
          maxLength={300}
          onChange={setSources}
        />
      )}
      {host !== LOOP && refused !== undefined && (
        <Button
          action="allowSource"
          label={t('receiver.allow', { source: refused.source })}
          hint={t('receiver.allowHint')}
          onPress={() => setSources([...(readSources(sources) ?? []), refused.source].join(', '))}
        />
      )}
    </FormFrame>
  );
};
