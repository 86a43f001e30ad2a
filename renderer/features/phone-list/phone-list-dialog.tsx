import type { ReactNode } from 'react';
import { Dialog } from '../../kit/dialog.tsx';
import { useWords } from '../../seat/use-words.ts';
import { openAlarms } from '../../store/selectors.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import { useDesk } from '../../parts/desk/desk.tsx';
import { Contacts } from '../../parts/contacts/contacts.tsx';

/** The phone list over any screen, for the incident that is being looked at. */
export const PhoneListDialog = ({ onClose }: { readonly onClose: () => void }): ReactNode => {
  const { t } = useWords();
  const { chosenAlarm } = useDesk();
  const alarms = useSeatState((state) => state.tables.alarms);
  const incidents = useSeatState((state) => state.tables.incidents);
  const withIncident = openAlarms(alarms).filter((alarm) => alarm.incidentId !== null);
  const alarm = withIncident.find((open) => open.alarmId === chosenAlarm) ?? withIncident[0];
  const incident =
    alarm?.incidentId === undefined || alarm.incidentId === null ? null : (incidents.get(alarm.incidentId) ?? null);
  return (
    <Dialog name="phoneList" title={t('phoneList.title')} onClose={onClose}>
      <p className="lead">{t(incident === null ? 'phoneList.leadQuiet' : 'phoneList.lead')}</p>
      <Contacts incident={incident} />
    </Dialog>
  );
};
