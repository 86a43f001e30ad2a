import { createContext, use } from 'react';
import type { Name } from '../../seat/names.ts';

/** The name of what lies over the screen; `null`: nothing. */
export type Overlay = Name | null;

/** What lies on this seat's desk: which alarm is being looked at, and what is open over the screen. */
export interface Desk {
  /** The alarm in the column's lower half; `null` shows the most urgent. */
  readonly chosenAlarm: string | null;
  readonly choose: (alarmId: string | null) => void;
  readonly overlay: Overlay;
  readonly open: (overlay: Overlay) => void;
}

const DeskContext = createContext<Desk | null>(null);
export const DeskProvider = DeskContext.Provider;

export const useDesk = (): Desk => {
  const desk = use(DeskContext);
  if (desk === null) throw new Error('outside of DeskProvider');
  return desk;
};
