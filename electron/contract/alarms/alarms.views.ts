import { z } from 'zod';

export const alarmView = z.object({
  alarmId: z.string(),
  /** A seat that is older than the station shows what it does not know as `unknown`, loudly, and never drops it. */
  cause: z
    .enum([
      'unknown',
      'helpButton',
      'panicAlarm',
      'atRisk',
      'fireAlarm',
      'gasAlarm',
      'waterAlarm',
      'burglaryAlarm',
      'panelAlarm',
      'unknownZone',
      'panelUnreadable',
      'panelStranger',
      'panelSilent',
      'receiverUnreachable',
      'cameraLost',
      'cameraTamper',
      'barrierUnconfirmed',
      'barrierRefused',
      'barrierStandsOpen',
      'postUnstaffed',
      'reliefMissing',
      'rosterGap',
      'journalBroken',
      'clockJumped',
      'diskLow',
      'pinGuessing',
    ])
    .catch('unknown'),
  priority: z.enum(['life', 'high', 'medium', 'low']),
  sourceId: z.string(),
  raisedAt: z.number(),
  occurrences: z.int(),
  lastReportAt: z.number(),
  /** How often it came back after it had gone. */
  relapses: z.int(),
  endsWithNote: z.boolean(),
  /** What exactly was reported: `<meaning>/<zone>` of panels, accounts of strangers, why something could not be read. */
  details: z.array(z.string()),
  clearedAt: z.number().nullable(),
  acknowledgedAt: z.number().nullable(),
  acknowledgedBy: z.string().nullable(),
  incidentId: z.string().nullable(),
  active: z.boolean(),
  acknowledged: z.boolean(),
  /** Cameras that show the place; these come up by themselves. */
  cameraIds: z.array(z.string()),
});
export type AlarmView = z.infer<typeof alarmView>;
