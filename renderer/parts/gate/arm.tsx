import type { ReactNode } from 'react';
import type { BarrierView } from '../../../electron/contract/views.schema.ts';
import { useWords } from '../../seat/use-words.ts';
import { useArmNow } from './on-the-way.ts';
import './gate-parts.css';

/** Degrees the arm stands at; `null` where nobody knows. */
const angleOf: Readonly<Record<BarrierView['position'], number | null>> = {
  closed: 0,
  moving: -42,
  open: -84,
  unknown: null,
};

/** The arm as it is seen now: lying, moving, standing; both ends dashed where it is not known, or being asked. */
export const Arm = ({
  barrier,
  asked = false,
  small = false,
}: {
  readonly barrier: BarrierView;
  readonly asked?: boolean;
  readonly small?: boolean;
}): ReactNode => {
  const { t } = useWords();
  const seen = useArmNow(barrier).position;
  const position = asked ? 'unknown' : seen;
  const angle = angleOf[position];
  const bar = (degrees: number, dashed: boolean): ReactNode => (
    <g transform={`rotate(${degrees} 44 96)`} data-arm={dashed ? 'dashed' : 'seen'}>
      <rect x="44" y="90" width="150" height="12" rx="4" />
      {!dashed &&
        [70, 110, 150].map((x) => <rect key={x} className="arm-stripe" x={x} y="90" width="18" height="12" />)}
    </g>
  );
  return (
    <svg
      className="arm"
      data-small={small || undefined}
      data-arm-position={position}
      viewBox="0 -64 210 210"
      role="img"
      aria-label={t(`gate.position.${position}`)}
    >
      <line className="arm-ground" x1="8" y1="140" x2="202" y2="140" />
      <rect className="arm-post" x="30" y="84" width="28" height="56" rx="4" />
      {angle === null ? (
        <>
          {bar(0, true)}
          {bar(-84, true)}
          <text className="arm-unknown" x="130" y="60">
            ?
          </text>
        </>
      ) : (
        bar(angle, false)
      )}
      {position === 'moving' && <path className="arm-arc" d="M178 60 A 140 140 0 0 0 100 -28" />}
    </svg>
  );
};
