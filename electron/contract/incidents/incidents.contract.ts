import { defineContract } from '../kernel/feature.ts';
import { idText, noteText, utcMsNumber } from '../kernel/primitives.ts';
import { managers, onDuty } from '../kernel/rights.ts';
import { incidentFacts } from './incidents.facts.ts';
import { callOutcome, incidentView, resolution } from './incidents.views.ts';

/** Calls for help, led through one question at a time. */
export const incidents = defineContract({
  name: 'incidents',
  commands: {
    claimIncident: { fields: { incidentId: idText }, right: onDuty },
    answerStep: { fields: { incidentId: idText, step: idText, answer: idText }, right: onDuty },
    stepBack: { fields: { incidentId: idText, step: idText }, right: onDuty },
    /** Laying a person's call for help aside is decided by whoever is responsible, or a manager. */
    parkIncident: {
      fields: { incidentId: idText, reason: noteText(200), untilMs: utcMsNumber },
      right: { to: ['manage'], whileResponsible: ['duty'] },
    },
    resumeIncident: { fields: { incidentId: idText }, right: onDuty },
    recordCall: { fields: { incidentId: idText, contactId: idText, outcome: callOutcome }, right: onDuty },
    resolveIncident: { fields: { incidentId: idText, resolution, note: noteText(500).nullable() }, right: onDuty },
    reviewIncident: { fields: { incidentId: idText, note: noteText(500) }, right: managers },
  },
  machineFacts: incidentFacts,
  collections: { incidents: incidentView },
  refusals: ['gateNotSeen'],
});
