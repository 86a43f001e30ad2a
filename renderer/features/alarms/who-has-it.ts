import type { AlarmView } from '../../../electron/contract/views.schema.ts';
import { useWords } from '../../seat/use-words.ts';
import { isRecovered } from '../../store/selectors.ts';
import { useSeatState } from '../../seat/seat-context.tsx';

export interface WhoHasIt {
  /** `mine`, `theirs`: somebody is at it; `nobody`: it wants somebody; `over`: only to be noted. */
  readonly tone: 'mine' | 'theirs' | 'nobody' | 'over';
  readonly text: string;
}

/** Says of an open alarm who has it and since when, from this person's side. */
export const useWhoHasIt = (): ((alarm: AlarmView) => WhoHasIt) => {
  const { t, hm, lasted, person } = useWords();
  const nowMs = useSeatState((state) => state.nowMs) ?? 0;
  const incidents = useSeatState((state) => state.tables.incidents);
  const me = useSeatState((state) => state.session?.personId ?? null);
  return (alarm) => {
    const incident = alarm.incidentId === null ? undefined : incidents.get(alarm.incidentId);
    const by = incident === undefined ? alarm.acknowledgedBy : incident.claimedBy;
    const at = incident === undefined ? alarm.acknowledgedAt : incident.claimedAt;
    if (isRecovered(alarm))
      return { tone: 'over', text: t('row.recovered', { time: hm(alarm.clearedAt ?? alarm.lastReportAt) }) };
    if (by === null || at === null)
      return { tone: 'nobody', text: t(incident === undefined ? 'row.unseen' : 'row.nobody') };
    const recall = incident?.recall ?? null;
    if (recall !== null) {
      const name = by === me ? t('recall.you') : person(by);
      return { tone: 'nobody', text: t(`row.recall.${recall.why}`, { name, past: lasted(nowMs - recall.since) }) };
    }
    const names = { name: person(by), time: hm(at) };
    if (incident === undefined) return { tone: 'theirs', text: t('row.known', names) };
    if (incident.work === 'parked' && incident.parkedUntil !== null) {
      return { tone: 'theirs', text: t('row.parked', { ...names, time: hm(incident.parkedUntil) }) };
    }
    return by === me ? { tone: 'mine', text: t('row.mine', names) } : { tone: 'theirs', text: t('row.theirs', names) };
  };
};
