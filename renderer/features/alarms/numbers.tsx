import type { ReactNode } from 'react';
import type { HelpPointView, IncidentView } from '../../../electron/contract/views.schema.ts';
import { useWords } from '../../seat/use-words.ts';
import { useSeatState } from '../../seat/seat-context.tsx';

type Reached = 'phone' | 'family' | 'keyHolder';

/** Whose number a question needs, the one to try first in front. */
const neededIn: Readonly<Record<string, readonly Reached[]>> = {
  reach: ['phone', 'family'],
  sendSomebody: ['family', 'keyHolder'],
  openDoor: ['keyHolder', 'family'],
};

/** The numbers of a home that a question needs; where none is known that is said, and never guessed. */
export const Numbers = ({ incident, step }: { readonly incident: IncidentView; readonly step: string }): ReactNode => {
  const helpPoint = useSeatState((state) => state.tables.helpPoints.get(incident.sourceId));
  const needed = neededIn[step];
  if (needed === undefined) return null;
  return (
    <ul className="numbers">
      {needed.map((one, index) => (
        <OneNumber key={one} which={one} helpPoint={helpPoint} first={index === 0} />
      ))}
    </ul>
  );
};

const OneNumber = ({
  which,
  helpPoint,
  first,
}: {
  readonly which: Reached;
  readonly helpPoint: HelpPointView | undefined;
  readonly first: boolean;
}): ReactNode => {
  const { t } = useWords();
  const known = helpPoint?.[which] ?? null;
  if (known === null && !first) return null;
  return (
    <li data-number={which} data-known={known !== null}>
      {known === null ? t(`numbers.no.${which}`) : t(`numbers.${which}`, { who: known })}
    </li>
  );
};
