import type { ReactNode } from 'react';
import type { IncidentView } from '../../../electron/contract/views.schema.ts';
import { useWords } from '../../seat/use-words.ts';
import { communityOf } from '../../store/selectors.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import './contacts.css';

/** What to say to 120, word by word: where it is, which gate, what number to call back. What nobody has set is said to be missing. */
export const SayTo120 = ({
  incident,
  brief = false,
}: {
  readonly incident: IncidentView | null;
  /** Without its heading where the window is low. */
  readonly brief?: boolean;
}): ReactNode => {
  const { t } = useWords();
  const community = useSeatState(communityOf);
  const helpPoint = useSeatState((state) =>
    incident === null ? undefined : state.tables.helpPoints.get(incident.sourceId),
  );
  const place = incident === null ? null : (helpPoint?.place ?? null);
  const lines = [
    { name: 'where', text: [community?.name, community?.street, place].filter((part) => part != null).join(' ') },
    ...(community?.entrance == null
      ? []
      : [{ name: 'entrance', text: t('say120.entrance', { entrance: community.entrance }) }]),
    ...(community?.callBack == null
      ? []
      : [{ name: 'callBack', text: t('say120.callBack', { number: community.callBack }) }]),
  ];
  const missing = [
    ...(community?.street == null ? [t('say120.noStreet')] : []),
    ...(community?.entrance == null ? [t('say120.noEntrance')] : []),
    ...(community?.callBack == null ? [t('say120.noCallBack')] : []),
  ];
  return (
    <div className="say-120" data-say="120" data-brief={brief || undefined}>
      <p>{t('say120.title')}</p>
      <p className="say-120-text">
        {lines.map(({ name, text }) => (
          <span key={name} data-say-part={name}>
            {text}
            {t('say120.stop')}
          </span>
        ))}
      </p>
      {missing.length > 0 && (
        <p className="notice" data-say-missing={missing.length}>
          {t('say120.missing', { what: missing.join(t('common.listComma')) })}
        </p>
      )}
    </div>
  );
};
