import { useEffect, useState, type ReactNode } from 'react';
import { Button, type ButtonProps } from './button.tsx';

/** The second tap must come within this time; milliseconds. */
const ARMED_MS = 6000;

/** A button that asks for a second tap, in the same place, saying what it will do. A second tap that comes too soon to have been meant is not
 * one: the press guard sees to it. */
export const TwoTaps = ({
  confirm,
  onPress,
  ...props
}: ButtonProps & { readonly confirm: string; readonly onPress: () => void }): ReactNode => {
  const [armed, setArmed] = useState(false);
  useEffect(() => {
    if (!armed) return undefined;
    const timer = setTimeout(() => setArmed(false), ARMED_MS);
    return () => clearTimeout(timer);
  }, [armed]);
  return (
    <Button
      {...props}
      armed={armed}
      look={armed ? 'danger' : (props.look ?? 'plain')}
      label={armed ? confirm : props.label}
      onPress={() => {
        if (armed) onPress();
        setArmed(!armed);
      }}
    />
  );
};
