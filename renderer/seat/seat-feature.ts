/** One feature of the seat: everything of it that the shell shows, in one value. The shell knows features by their array alone. */
import type { ReactNode } from 'react';
import type { CollectionName } from '../../electron/contract/views.schema.ts';
import type { SeatState } from '../store/seat-store.ts';
import type { OpenItemDescriber } from './open-item.ts';

/** What is done with it: places of one task stand together. */
export type Task = 'work' | 'duty';

/** An entry in the bar at the foot of the screen; its words are `nav.<name>` and `keys.<name>`. */
export interface Entry {
  readonly task: Task;
  readonly key: string;
  /** Earlier ones stand further left. */
  readonly order: number;
}

/** A screen with an address of its own, `#/<place>`. */
export interface PlaceOf {
  readonly place: string;
  readonly screen: () => ReactNode;
  /** The windows whose rows it shows: it is shown when they are there. */
  readonly shows: readonly CollectionName[];
  readonly entry: Entry | null;
}

/** What can be laid over any screen. */
export interface OverlayOf {
  readonly overlay: string;
  readonly dialog: (props: { readonly onClose: () => void }) => ReactNode;
  readonly entry: Entry | null;
}

/** What stands before everything else while it is needed. */
export interface Entrance {
  readonly isNeeded: (state: SeatState) => boolean;
  /** `onBegin`: it stays although it is needed no more; `onDone`: it goes. */
  readonly screen: (props: { readonly onBegin: () => void; readonly onDone: () => void }) => ReactNode;
}

export interface SeatFeature {
  readonly name: string;
  readonly places: readonly PlaceOf[];
  readonly overlays: readonly OverlayOf[];
  readonly entrances: readonly Entrance[];
  /** What is said over everything; nothing while it has nothing to say. */
  readonly banners: readonly (() => ReactNode)[];
  /** What stands beside the community's name. */
  readonly marks: readonly (() => ReactNode)[];
  /** What stands beside every screen. */
  readonly columns: readonly (() => ReactNode)[];
  /** How what is open is told at a handover, by the kind in `<kind>/<id>`. */
  readonly openItems: Readonly<Record<string, OpenItemDescriber>>;
}

/** Names everything of one feature of the seat. What is left out it does not have. */
export const defineSeatFeature = ({
  name,
  places = [],
  overlays = [],
  entrances = [],
  banners = [],
  marks = [],
  columns = [],
  openItems = {},
}: Pick<SeatFeature, 'name'> & Partial<SeatFeature>): SeatFeature => ({
  name,
  places,
  overlays,
  entrances,
  banners,
  marks,
  columns,
  openItems,
});
