import type { OpenItemDescriber } from '../../seat/open-item.ts';

/** Visitors who are inside at a handover: one item, however many they are. */
export const describeVisitors: OpenItemDescriber = (_id, tables, { t, hm }) => {
  const inside = [...tables.visits.values()].filter(({ state }) => state === 'inside');
  if (inside.length === 0) return null;
  const facts = inside.map((visit) =>
    t('takeover.visitor', {
      name: visit.name ?? t('visit.forgotten'),
      visiting: visit.visiting ?? '',
      time: hm(visit.arrivedAt),
    }),
  );
  return { title: t('takeover.visitors', { count: inside.length }), facts, alarmId: null, place: 'visitors' };
};
