/** Where the tiles of a wall stand: a grid of equal cells, in which an alarm's cameras take several. */
export interface WallLayout {
  readonly columns: number;
  readonly rows: number;
  /** Cells a large tile takes in each direction. */
  readonly span: number;
  /** Cameras in the order of the grid, the large ones first. */
  readonly cameraIds: readonly string[];
  readonly large: ReadonlySet<string>;
}

export interface WallWish {
  /** All cameras, by number. */
  readonly cameraIds: readonly string[];
  readonly size: number;
  /** 0, 1, 2 … of the pages of `size` tiles. */
  readonly page: number;
  /** Cameras of open alarms for life, of the one that is being looked at, and of a gate to be opened: they come up by themselves. */
  readonly alarmed: readonly string[];
  /** Enlarged by hand. */
  readonly enlarged: string | null;
}

/** At most this many cameras of an alarm stand large; the others stay in the grid. */
export const MOST_LARGE = 4;

/** The cameras that are to stand large: an alarm's, and among them those that see a gate which is to be opened now. */
export const withGates = (alarmed: readonly string[], gates: readonly string[]): readonly string[] => {
  const seeing = gates
    .filter((id, index) => gates.indexOf(id) === index && !alarmed.slice(0, MOST_LARGE - 1).includes(id))
    .slice(0, MOST_LARGE - 1);
  const before = MOST_LARGE - seeing.length;
  return [...alarmed.slice(0, before), ...seeing, ...alarmed.slice(before)];
};

const columnsFor = (size: number): number => Math.max(1, Math.ceil(Math.sqrt(size)));

/** One large tile: the smallest grid that still shows the others. `[columns, span]` for up to `others` tiles beside it. */
const besideOne: readonly (readonly [others: number, columns: number, span: number])[] = [
  [5, 3, 2],
  [7, 4, 3],
  [12, 4, 2],
  [16, 5, 3],
  [21, 5, 2],
];

export const layOut = ({ cameraIds, size, page, alarmed, enlarged }: WallWish): WallLayout => {
  if (enlarged !== null && cameraIds.includes(enlarged)) {
    return { columns: 1, rows: 1, span: 1, cameraIds: [enlarged], large: new Set([enlarged]) };
  }
  const shown = cameraIds.slice(page * size, (page + 1) * size);
  const large = alarmed
    .filter((id, index) => cameraIds.includes(id) && alarmed.indexOf(id) === index)
    .slice(0, MOST_LARGE);
  if (large.length === 0 || size === 1) {
    // Few cameras fill the wall: a grid for sixteen would make stamps of three.
    const cells = Math.max(1, Math.min(size, cameraIds.length));
    const columns = columnsFor(cells);
    return {
      columns,
      rows: Math.ceil(cells / columns),
      span: 1,
      cameraIds: large.length > 0 ? large.slice(0, 1) : shown,
      large: new Set(),
    };
  }
  const others = shown.filter((id) => !large.includes(id));
  const ids = [...large, ...others];
  if (large.length === 1) {
    if (others.length === 0) return { columns: 1, rows: 1, span: 1, cameraIds: ids, large: new Set(large) };
    const [, columns, span] = besideOne.find(([most]) => others.length <= most) ?? [16, 5, 3];
    return {
      columns,
      rows: columns,
      span,
      cameraIds: ids.slice(0, 1 + columns ** 2 - span ** 2),
      large: new Set(large),
    };
  }
  const columns = 6;
  const span = 3;
  // Beside an odd large one there is room for some of the others.
  const beside = large.length % 2 === 1 ? span ** 2 : 0;
  const rows = Math.ceil(large.length / 2) * span + Math.max(0, Math.ceil((others.length - beside) / columns));
  return { columns, rows, span, cameraIds: ids, large: new Set(large) };
};

export const pagesOf = (cameras: number, size: number): number => Math.max(1, Math.ceil(cameras / size));
