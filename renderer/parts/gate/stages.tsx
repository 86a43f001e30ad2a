import type { ReactNode } from 'react';
import type { BarrierView } from '../../../electron/contract/views.schema.ts';
import { useWords } from '../../seat/use-words.ts';
import './gate-parts.css';

/** Command sent → controller received → seen: each with its time, and none said before it is true. `before` shows them, empty, before
 * anything was commanded. */
export const Stages = ({
  barrier,
  before = false,
  short = false,
}: {
  readonly barrier: BarrierView;
  readonly before?: boolean;
  /** One word each, where there is little room. */
  readonly short?: boolean;
}): ReactNode => {
  const { t, clock } = useWords();
  const { command } = barrier;
  if (command === null && !before) return null;
  const stages = [
    { name: 'sent', atMs: command?.sentAt ?? null, label: t(short ? 'gate.stageShort.sent' : 'gate.stage.sent') },
    {
      name: 'accepted',
      atMs: command?.acceptedAt ?? null,
      label: t(short ? 'gate.stageShort.accepted' : 'gate.stage.accepted'),
    },
    {
      name: 'seen',
      atMs: command?.confirmedAt ?? null,
      label: short ? t('gate.stageShort.seen') : t(`gate.stage.seen.${command?.motion ?? 'open'}`),
    },
  ];
  return (
    <div className="stages-box">
      <ol className="stages" aria-label={t('gate.stages')}>
        {stages.map(({ name, atMs, label }) => (
          <li key={name} data-stage={name} data-reached={atMs !== null}>
            <span className="stage-mark" aria-hidden="true">
              {atMs === null ? '○' : '●'}
            </span>
            <span>{label}</span>
            <time>{atMs === null ? '—' : clock(atMs)}</time>
          </li>
        ))}
      </ol>
    </div>
  );
};
