/** Cameras that show where something is. */
import type { RowReader } from '../core/table.ts';
import { barrierRows, cameraRows, helpPointRows } from './rows.ts';

/** Of a help point those that were chosen for it, of a camera itself, of a gate the one beside it. */
export const camerasOf = (rows: RowReader, sourceId: string): string[] => {
  const helpPoint = helpPointRows.get(rows, sourceId);
  if (helpPoint !== null) return [...helpPoint.cameraIds];
  if (cameraRows.get(rows, sourceId) !== null) return [sourceId];
  const barrier = barrierRows.get(rows, sourceId);
  return barrier === null ? [] : [barrier.cameraId];
};
