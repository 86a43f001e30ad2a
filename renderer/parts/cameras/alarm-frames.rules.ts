/** Whose pictures come up on the wall, and how each is told from another call's. */
import type { AlarmView } from '../../../electron/contract/views.schema.ts';

export interface AlarmFrame {
  readonly priority: AlarmView['priority'];
  /** The alarms that this picture belongs to, the one before the person first. */
  readonly alarmIds: readonly string[];
  /** It belongs to the alarm before the person; another call's frame is broken. */
  readonly current: boolean;
}

/**
 * Takes turns among the lists until `most` are taken, so that no call keeps another one's pictures off the wall; each list's own stay
 * together, in their order. What did not get a turn follows.
 */
export const shareOut = (lists: readonly (readonly string[])[], most: number): readonly string[] => {
  const taken = new Set<string>();
  const longest = Math.max(0, ...lists.map((list) => list.length));
  for (let turn = 0; turn < longest; turn += 1) {
    for (const list of lists) {
      const id = list[turn];
      if (id !== undefined && taken.size < most) taken.add(id);
    }
  }
  const all = [...new Set(lists.flat())];
  return [...all.filter((id) => taken.has(id)), ...all.filter((id) => !taken.has(id))];
};

/** The frames by camera: of every open alarm for life, and of the one before the person. `open` is in the order of the column. */
export const alarmFrames = (
  open: readonly AlarmView[],
  chosenAlarm: string | null,
): ReadonlyMap<string, AlarmFrame> => {
  const frames = new Map<string, AlarmFrame>();
  const current = open.find((alarm) => alarm.alarmId === chosenAlarm) ?? open[0];
  const shown = open.filter((alarm) => alarm.priority === 'life' || alarm.alarmId === chosenAlarm);
  for (const alarm of shown.toSorted((a, b) => Number(b === current) - Number(a === current))) {
    for (const cameraId of alarm.cameraIds) {
      const known = frames.get(cameraId);
      frames.set(
        cameraId,
        known === undefined
          ? { priority: alarm.priority, alarmIds: [alarm.alarmId], current: alarm === current }
          : { ...known, alarmIds: [...known.alarmIds, alarm.alarmId] },
      );
    }
  }
  return frames;
};
