import type { BarrierView } from '../../../electron/contract/views.schema.ts';
import type { Words } from '../../../electron/words/words.ts';
import type { OpenItemDescriber } from '../../seat/open-item.ts';

/** Where the arm is, who opened it for what, and until when it is wanted open. */
const gateFacts = (barrier: BarrierView, { t, hm, person, either }: Words): readonly string[] => {
  const { standing } = barrier;
  if (standing === null) return [t(`gate.position.${barrier.position}`)];
  const reason = standing.reasonNote ?? (standing.reason === null ? '' : either(`gate.reason.${standing.reason}`, ''));
  return [
    t('takeover.gateSince', { position: t(`gate.position.${barrier.position}`), time: hm(standing.since) }),
    ...(standing.by === null ? [] : [t('takeover.gateBy', { name: person(standing.by), reason })]),
    ...(standing.keepUntil === null
      ? []
      : [t('takeover.gateKeep', { name: person(standing.keptBy), time: hm(standing.keepUntil) })]),
  ];
};

/** A gate at a handover. */
export const describeGate: OpenItemDescriber = (id, tables, words) => {
  const barrier = tables.barriers.get(id);
  if (barrier === undefined) return null;
  const title = words.t('takeover.gate', { gate: barrier.name });
  return { title, facts: gateFacts(barrier, words), alarmId: null, place: 'gate' };
};
