/** A gate that stands open is somebody's to close, but not while an ambulance or a fire engine is expected: it must not find it closed. */
import { barrier } from '../../../domain/barriers/barrier.ts';
import { excusedForMs } from '../../../domain/barriers/barrier.rules.ts';
import type { RowReader } from '../../core/table.ts';
import { byStation, type Committed, type Worker } from '../../core/work.ts';
import { emergencyUnderWay } from '../../parts/emergency.ts';
import { barrierRows } from '../../parts/rows.ts';
import type { DeadlineRow, JournalReader } from '../../ports/journal.port.ts';

/** How long the reminder of a gate that stands open is put off, or `null`: it is due. Every other deadline is due when it is due. */
export const putOffReminder = (rows: Pick<RowReader, 'rows'>, { kind, name }: DeadlineRow): number | null =>
  kind === barrier.kind && name === 'standsOpen' && emergencyUnderWay(rows) ? excusedForMs : null;

const mayBegin = new Set<string>(['incident', 'alarm']);

/** Takes back the reminders that stand when such a call begins. */
export const excuseGates = (journal: JournalReader, worker: Worker, { facts }: Pick<Committed, 'facts'>): void => {
  if (!facts.some(({ kind }) => mayBegin.has(kind))) return;
  const reminded = barrierRows.all(journal).filter(({ standing }) => (standing?.remindedAt ?? null) !== null);
  if (reminded.length === 0 || !emergencyUnderWay(journal)) return;
  worker.commit(byStation, (work) => {
    for (const { barrierId } of reminded) work.tell(barrier, barrierId, { type: 'excused', at: work.nowMs });
  });
};
