/** What a panel's event is to people: an alarm with its cause, the end of one, or a line of the log. */
import type { AlarmCause, AlarmPriority } from '../../../domain/alarms/alarm.types.ts';
import type { AlarmAbout } from '../../parts/alarm-desk.ts';
import type { PanelMeaning, PanelReport } from '../../ports/devices.port.ts';

export type PanelEvent = Extract<PanelReport, { kind: 'event' }>;

/** What people are told: an alarm, that it is over, or nothing but a line. */
export type PanelVerdict =
  | { readonly is: 'alarm'; readonly about: AlarmAbout; readonly unknownPlace: boolean }
  | { readonly is: 'over'; readonly cause: AlarmCause; readonly sourceId: string }
  | { readonly is: 'line' };

type Alarming = { readonly cause: AlarmCause; readonly priority: AlarmPriority };

/** What makes somebody come. An alarm of a kind that cannot be told is taken for the worst where it names a home. */
const alarming: Readonly<Partial<Record<PanelMeaning, Alarming>>> = {
  help: { cause: 'helpButton', priority: 'life' },
  panic: { cause: 'panicAlarm', priority: 'life' },
  atRisk: { cause: 'atRisk', priority: 'life' },
  fire: { cause: 'fireAlarm', priority: 'life' },
  gas: { cause: 'gasAlarm', priority: 'life' },
  unclear: { cause: 'panelAlarm', priority: 'life' },
  burglary: { cause: 'burglaryAlarm', priority: 'high' },
  water: { cause: 'waterAlarm', priority: 'high' },
};

/**
 * Judges an event. `helpPointId`: the help point of its account and zone, or `null`. A number that is a user's or a partition's is no
 * place, and never finds one. An event from nowhere that is known is one alarm per account, with what was reported in it: a call for
 * help outranks the rest, and a thousand invented zones are one alarm.
 */
export const judgePanelEvent = (event: PanelEvent, helpPointId: string | null): PanelVerdict => {
  const { account, meaning, restored, zone, number } = event;
  const found = alarming[meaning];
  if (found === undefined) return { is: 'line' };
  if (restored)
    return helpPointId === null ? { is: 'line' } : { is: 'over', cause: found.cause, sourceId: helpPointId };
  if (helpPointId !== null) {
    const isLife = found.priority === 'life';
    const about = { ...found, sourceId: helpPointId, withIncident: isLife, endsWithNote: !isLife };
    return { is: 'alarm', about, unknownPlace: false };
  }
  const details = [number === 'zone' || number === 'unknown' ? `${meaning}/${zone}` : `${meaning}/`];
  const isLife = found.priority === 'life' && meaning !== 'unclear';
  const about: AlarmAbout = isLife
    ? { cause: 'unknownZone', priority: 'life', sourceId: account, withIncident: true, details }
    : { cause: 'panelAlarm', priority: 'high', sourceId: account, endsWithNote: true, details };
  return { is: 'alarm', about, unknownPlace: true };
};
