import { useState, type ReactNode } from 'react';
import type { BarrierView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { Empty, RefusalNote } from '../../kit/notices.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { Screen } from '../../kit/screen.tsx';
import { useWords } from '../../seat/use-words.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import { CameraTile } from '../../parts/cameras/camera-tile.tsx';
import { Arm } from '../../parts/gate/arm.tsx';
import { GateTrouble } from '../../parts/gate/gate-trouble.tsx';
import { KeepOpen } from '../../parts/gate/keep-open.tsx';
import { Known } from '../../parts/gate/known.tsx';
import { isAsked, OpenWithReason, useWhyNotMove } from '../../parts/gate/open-for.tsx';
import { Stages } from '../../parts/gate/stages.tsx';
import { TwoTaps } from '../../kit/two-taps.tsx';
import './gate.css';

const Lane = ({ barrier }: { readonly barrier: BarrierView }): ReactNode => {
  const { t, camera, person, either } = useWords();
  const sender = useSender();
  const whyNot = useWhyNot();
  const why = useWhyNotMove(barrier);
  const whyNotClose = useWhyNotMove(barrier, 'close');
  const [asking, setAsking] = useState(false);
  const { barrierId, command, commandState, position } = barrier;
  const asked = isAsked(barrier);
  const confirm = (seen: 'open' | 'closed'): void => void sender.send('confirmBarrier', { barrierId, position: seen });
  return (
    <section
      className="lane"
      data-barrier={barrierId}
      data-position={position}
      data-command-state={commandState}
      aria-label={barrier.name}
    >
      <h3>{barrier.name}</h3>
      <div className="lane-picture">
        <CameraTile cameraId={barrier.cameraId} focus />
      </div>
      <div className="lane-side">
        <GateTrouble barrier={barrier} />
        <div className="lane-state">
          <Arm barrier={barrier} asked={asked} />
          <Known barrier={barrier} asked={asked} />
        </div>
        {asked && (
          <div className="look" role="group" aria-label={t('gate.look', { camera: camera(barrier.cameraId) })}>
            <p>{t('gate.look', { camera: camera(barrier.cameraId) })}</p>
            <div className="buttons" data-fill="even">
              <Button
                action="confirmBarrier"
                answer="open"
                size="large"
                label={t('gate.iSeeOpen')}
                busy={sender.busy}
                why={whyNot('confirmBarrier')}
                onPress={() => confirm('open')}
              />
              <Button
                action="confirmBarrier"
                answer="closed"
                size="large"
                label={t('gate.iSeeClosed')}
                busy={sender.busy}
                why={whyNot('confirmBarrier')}
                onPress={() => confirm('closed')}
              />
            </div>
          </div>
        )}
        {asking ? (
          <OpenWithReason barrier={barrier} sender={sender} onClose={() => setAsking(false)} />
        ) : (
          <div className="lane-buttons">
            <Button
              action="askOpen"
              size="large"
              look="primary"
              label={t('gate.open')}
              hint={t('gate.openHint')}
              why={why}
              onPress={() => setAsking(true)}
            />
            <TwoTaps
              action="closeBarrier"
              size="large"
              label={t('gate.close')}
              confirm={t('gate.closeAgain')}
              hint={t('gate.closeHint')}
              why={whyNotClose}
              onPress={() => void sender.send('closeBarrier', { barrierId, reason: 'afterPassage', note: null })}
            />
          </div>
        )}
        <RefusalNote refusal={sender.refusal} />
        {position !== 'closed' && !asked && <KeepOpen barrier={barrier} />}
        {command !== null && (
          <div className="lane-command">
            <p className="lane-command-title">
              {t(`gate.newest.${command.motion}`, {
                name: person(command.by),
                reason: either(`gate.reason.${command.reason}`, ''),
              })}
              {command.reasonNote !== null && ` ${command.reasonNote}`}
            </p>
            <Stages barrier={barrier} />
          </div>
        )}
      </div>
    </section>
  );
};

/** One lane a column: its picture, where the arm is known to stand, and what can be done. */
export const GateScreen = (): ReactNode => {
  const { t } = useWords();
  const barriers = useSeatState((state) => state.tables.barriers);
  return (
    <Screen name="gate" title={t('gate.title')}>
      {barriers.size === 0 ? (
        <Empty title={t('gate.none')}>{t('gate.noneNext')}</Empty>
      ) : (
        <div className="lanes" data-lanes={barriers.size}>
          {[...barriers.values()].map((barrier) => (
            <Lane key={barrier.barrierId} barrier={barrier} />
          ))}
        </div>
      )}
    </Screen>
  );
};
