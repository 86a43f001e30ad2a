import { useState, type ReactNode } from 'react';
import { Button } from '../../kit/button.tsx';
import { useWords } from '../../seat/use-words.ts';
import { sorted } from '../../store/selectors.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import { BarrierForm } from '../../parts/devices/barrier-form.tsx';
import { CameraForm } from '../../parts/devices/camera-form.tsx';
import { HelpPointForm } from '../../parts/devices/help-point-form.tsx';
import { ReceiverPanel } from '../../parts/devices/receiver-panel.tsx';

/** The steps that add a device each, in their order. */
export const deviceSteps = ['camera', 'gate', 'helpPoint'] as const;
export type DeviceStepName = (typeof deviceSteps)[number];

export interface DeviceStepProps {
  readonly at: DeviceStepName;
  readonly onGo: (step: DeviceStepName | 'done') => void;
}

/** One step: what was added in it already, to be changed, and one more to add. The step before stays within reach. */
export const DeviceStep = ({ at, onGo }: DeviceStepProps): ReactNode => {
  const { t, byName, camera } = useWords();
  const tables = useSeatState((state) => state.tables);
  const [changing, setChanging] = useState<string | null>(null);
  const step = deviceSteps.indexOf(at);
  const before = deviceSteps[step - 1];
  const added = {
    camera: sorted<'cameras'>(tables.cameras, (one) => one.number).map((one) => ({
      id: one.cameraId,
      name: camera(one.cameraId),
    })),
    gate: [...tables.barriers.values()].map((one) => ({ id: one.barrierId, name: one.name })),
    helpPoint: [...tables.helpPoints.values()].map((one) => ({ id: one.helpPointId, name: one.place })),
  }[at];
  const id = changing ?? '';
  const shared = { cancelLabel: t('setup.skip'), onClose: () => onGo(deviceSteps[step + 1] ?? 'done') };
  return (
    <>
      <div className="setup-step">
        <p className="lead">
          {t('setup.stepOf', { step: step + 1, all: deviceSteps.length })} {t(`setup.step.${at}`)}
        </p>
        {before !== undefined && (
          <Button
            action="stepBefore"
            size="small"
            look="quiet"
            label={byName(`setup.backTo.${before}`)}
            onPress={() => onGo(before)}
          />
        )}
      </div>
      {added.length > 0 && (
        <div className="setup-added" role="group" aria-label={t('setup.added')}>
          <span>{t('setup.added')}</span>
          {added.map((one) => (
            <Button
              key={one.id}
              action="changeAdded"
              answer={one.id}
              size="small"
              label={t('setup.changeAdded', { name: one.name })}
              pressed={one.id === changing}
              onPress={() => setChanging(one.id === changing ? null : one.id)}
            />
          ))}
        </div>
      )}
      {at === 'camera' && <CameraForm key={id} row={tables.cameras.get(id) ?? null} {...shared} />}
      {at === 'gate' && <BarrierForm key={id} row={tables.barriers.get(id) ?? null} {...shared} />}
      {at === 'helpPoint' && (
        <>
          <ReceiverPanel />
          <HelpPointForm key={id} row={tables.helpPoints.get(id) ?? null} {...shared} />
        </>
      )}
    </>
  );
};
