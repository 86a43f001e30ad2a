import type { ReactNode } from 'react';
import { Button } from '../../kit/button.tsx';
import { TextField } from '../../kit/field.tsx';
import { RefusalNote } from '../../kit/notices.tsx';
import { useWords } from '../../seat/use-words.ts';
import type { Wiring } from './use-wiring.ts';
import { doubtOf } from './wiring.rules.ts';
import './devices.css';

export interface WiringFieldProps {
  readonly name: 'openRelay' | 'closeRelay' | 'openInput' | 'closedInput';
  readonly value: string;
  /** What the other end of the arm's way is wired to. */
  readonly other: string;
  readonly wiring: Wiring;
  readonly onChange: (value: string) => void;
}

/** One wire between a gate and its camera: written by hand, or taken from what the camera names. */
export const WiringField = ({ name, value, other, wiring, onChange }: WiringFieldProps): ReactNode => {
  const { t } = useWords();
  const kind = name === 'openRelay' || name === 'closeRelay' ? 'output' : 'input';
  const named =
    wiring.state === 'named' ? (kind === 'output' ? wiring.names.relayTokens : wiring.names.inputTokens) : null;
  const doubt = doubtOf({ value, other, named });
  return (
    <div className="wiring" data-wiring={name} data-doubt={doubt ?? 'none'}>
      <TextField
        label={t(`device.${name}`)}
        hint={t(`device.${name}Hint`)}
        problem={doubt === null ? null : t(`device.${doubt}.${kind}`)}
        name={name}
        value={value}
        maxLength={64}
        onChange={onChange}
      />
      {named !== null && named.length > 0 && (
        <div className="wiring-names" role="group" aria-label={t('device.namesOffered')}>
          {named.map((token) => (
            <Button
              key={token}
              action="takeName"
              answer={token}
              size="small"
              label={token}
              pressed={value.trim() === token}
              onPress={() => onChange(token)}
            />
          ))}
        </div>
      )}
    </div>
  );
};

/** What the camera said of its outputs and inputs, above the fields that ask for them. */
export const WiringNote = ({
  wiring,
  onAskAgain,
}: {
  readonly wiring: Wiring;
  readonly onAskAgain: () => void;
}): ReactNode => {
  const { t } = useWords();
  const says =
    wiring.state === 'asking'
      ? t('device.wiringAsking')
      : wiring.state === 'silent'
        ? t('device.wiringSilent')
        : t(wiring.names.relayTokens.length > 0 ? 'device.wiringNamed' : 'device.wiringNone');
  return (
    <div className="form-wide wiring-note" data-wiring-state={wiring.state}>
      <p className="notice" role="status">
        {says}
      </p>
      {wiring.state === 'silent' && (
        <>
          <RefusalNote refusal={wiring.refusal} />
          <Button action="askWiringAgain" size="small" label={t('device.wiringAgain')} onPress={onAskAgain} />
        </>
      )}
    </div>
  );
};
