import type { ReactNode } from 'react';
import { cameraAllowance, type CameraAllowance } from '../../../electron/contract/kernel/primitives.ts';
import type { CameraView } from '../../../electron/contract/views.schema.ts';
import { faultsOfAllowances } from '../../../electron/domain/cameras/camera.rules.ts';
import { useWords } from '../../seat/use-words.ts';

/** What a manager lets a camera do less safely: shown where it asks for it, or has it, so that nobody is offered to be less safe without need. */
export const Allowances = ({
  row,
  allows,
  onChange,
}: {
  readonly row: CameraView | null;
  readonly allows: ReadonlySet<CameraAllowance>;
  readonly onChange: (allows: ReadonlySet<CameraAllowance>) => void;
}): ReactNode => {
  const { t } = useWords();
  const offered = cameraAllowance.options.filter(
    (one) => allows.has(one) || row?.allows?.includes(one) === true || row?.fault === faultsOfAllowances[one],
  );
  if (offered.length === 0) return null;
  const toggle = (one: CameraAllowance): void =>
    onChange(new Set(allows.has(one) ? [...allows].filter((other) => other !== one) : [...allows, one]));
  return (
    <fieldset className="form-wide choice">
      <legend>{t('device.allows')}</legend>
      <div className="choice-options">
        {offered.map((one) => (
          <label key={one} className="choice-option" data-allows={one}>
            <input type="checkbox" checked={allows.has(one)} onChange={() => toggle(one)} />
            {t(`device.allow.${one}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
};
