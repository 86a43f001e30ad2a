/** A gate that stands open is somebody's to close, but not while an ambulance or a fire engine is expected: it must not find it closed. */
import { excusedForMs } from '../domain/barriers/barrier.rules.ts';
import type { AlarmCause } from '../domain/alarms/alarm.types.ts';
import type { BarrierEvent } from '../domain/barriers/barrier.types.ts';
import { ambulanceExpected } from '../domain/incidents/ambulance.rules.ts';
import type { Json } from '../domain/kernel/json.ts';
import { isJsonObject, numberOf, objectOf, textOf, textsOf } from './docs.ts';
import type { DeadlineRow, Journal, JournalReader } from './ports/journal.port.ts';
import { byStation, type Committed, type Worker } from './work.ts';

const stepsOf = (steps: Json | undefined): readonly { readonly step: string }[] =>
  Array.isArray(steps)
    ? steps.flatMap((step) => (isJsonObject(step) ? [{ step: textOf(step, 'step') ?? '' }] : []))
    : [];

/** Alarms for which a fire engine comes. */
const fireCauses = new Set<string>(['fireAlarm', 'gasAlarm'] satisfies readonly AlarmCause[]);

/** Of an alarm from a place that nobody set up: what was reported, before the stroke. */
const tellsFire = (detail: string): boolean => /^(?:fire|gas)\//.test(detail);

/** Whether a call for an ambulance is under way, or an alarm of fire or gas is open. */
export const emergencyUnderWay = (reader: Pick<JournalReader, 'rows'>): boolean =>
  reader
    .rows('incidents')
    .some(({ doc }) => numberOf(doc, 'resolvedAt') === null && ambulanceExpected(stepsOf(doc['steps']))) ||
  reader
    .rows('alarms')
    .some(({ doc }) => fireCauses.has(textOf(doc, 'cause') ?? '') || textsOf(doc, 'details').some(tellsFire));

/** How long the reminder of a gate that stands open is put off, or `null`: it is due. Every other deadline is due when it is due. */
export const putOffReminder = (reader: Pick<JournalReader, 'rows'>, { kind, name }: DeadlineRow): number | null =>
  kind === 'barrier' && name === 'standsOpen' && emergencyUnderWay(reader) ? excusedForMs : null;

const mayBegin = new Set<string>(['incident', 'alarm']);

/** Takes back the reminders that stand when such a call begins. */
export const excuseGates = (journal: Journal, worker: Worker, { facts }: Pick<Committed, 'facts'>): void => {
  if (!facts.some(({ kind }) => mayBegin.has(kind))) return;
  const reminded = journal
    .rows('barriers')
    .filter(({ doc }) => numberOf(objectOf(doc, 'standing'), 'remindedAt') !== null);
  if (reminded.length === 0 || !emergencyUnderWay(journal)) return;
  worker.commit(byStation, (work) => {
    for (const { key } of reminded) {
      const event: BarrierEvent = { type: 'excused', at: work.nowMs };
      work.tell('barrier', key, event);
    }
  });
};
