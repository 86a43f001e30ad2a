/** One feature of the seat: everything of it that the shell shows, in one value. The shell knows features by their array alone. */
import type { ReactNode } from 'react';
import type { CollectionName } from '../../electron/contract/views.schema.ts';
import type { AlarmView, IncidentView } from '../../electron/contract/views.schema.ts';
import type { SeatState } from '../store/seat-store.ts';
import type { Tables } from '../store/tables.ts';
import type { Name, Step, Task } from './names.ts';
import type { OpenItemDescriber } from './open-item.ts';
import type { Seat } from './seat-context.tsx';

/** Under which task something is found, and where in it. */
export interface Entry {
  readonly task: Task;
  /** Earlier ones stand first. */
  readonly order: number;
  /** Its key, where it stands in the bar at the foot of every screen; `null`: it is found by its name. */
  readonly barKey: string | null;
  /** What else people call it, in any language or spelling (`daozha`, `dz`): it is found by these too. */
  readonly alsoCalled: readonly string[];
  /** It can be opened by somebody who has not signed in. */
  readonly forAnybody?: true;
}

/** A screen with an address of its own, `#/<place>`. */
export interface PlaceOf {
  readonly place: Name;
  readonly screen: () => ReactNode;
  /** The windows whose rows it shows: it is shown when they are there. */
  readonly shows: readonly CollectionName[];
  readonly entry: Entry | null;
}

/** What can be laid over any screen. */
export interface OverlayOf {
  readonly overlay: Name;
  readonly dialog: (props: { readonly onClose: () => void }) => ReactNode;
  readonly entry: Entry | null;
}

/** Something that is done at once, from anywhere: nothing that moves, and nothing that is answered for. */
export interface ActionOf {
  readonly action: Name;
  readonly run: (seat: Seat) => void;
  readonly entry: Entry;
}

/** What a feature lends the questions of a procedure, by the question's name. */
export interface StepTool {
  readonly steps: readonly Step[];
  /** Stands above the answers. */
  readonly Above?: (props: { readonly incident: IncidentView }) => ReactNode;
  /** That takes so much room that two answers share a row. */
  readonly takesRoom?: true;
  /** Stands among the small buttons below the answers. */
  readonly Below?: () => ReactNode;
  /** Cameras whose pictures must be seen while it is asked. */
  readonly cameras?: (tables: Tables) => readonly string[];
}

/** What can be done about an alarm of one cause that has no procedure of its own. */
export interface AlarmWay {
  /** What it asks for was only true while it lasted. */
  readonly passing?: true;
  /** Where it is dealt with, and whether somebody is called about it; `holds`: whoever sits here has the watch. */
  readonly leads?: (alarm: AlarmView, holds: boolean) => { readonly place: Name | null; readonly call: boolean };
  /** Stands below its buttons. */
  readonly Below?: (props: { readonly alarm: AlarmView }) => ReactNode;
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
  readonly actions: readonly ActionOf[];
  /** How what is open is told at a handover, by the kind in `<kind>/<id>`. */
  readonly openItems: Readonly<Record<string, OpenItemDescriber>>;
  readonly stepTools: readonly StepTool[];
  readonly alarmWays: Partial<Readonly<Record<AlarmView['cause'], AlarmWay>>>;
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
  actions = [],
  openItems = {},
  stepTools = [],
  alarmWays = {},
}: Pick<SeatFeature, 'name'> & Partial<SeatFeature>): SeatFeature => ({
  name,
  places,
  overlays,
  entrances,
  banners,
  marks,
  columns,
  actions,
  openItems,
  stepTools,
  alarmWays,
});
