import { hours } from '../../domain/kernel/time.ts';
import { defineContract, wayOf } from '../kernel/feature.ts';
import { idText, lineText, phoneText } from '../kernel/primitives.ts';
import { managers, onDuty } from '../kernel/rights.ts';
import { visitFacts } from './visits.facts.ts';
import { visitKind, visitView } from './visits.views.ts';

/** Visitors: who came to whom, when they left, and that they can be forgotten. */
export const visits = defineContract({
  name: 'visits',
  commands: {
    registerVisit: {
      fields: {
        kind: visitKind,
        name: lineText(40),
        phone: phoneText.nullable(),
        plate: lineText(12).nullable(),
        visiting: lineText(40),
      },
      right: onDuty,
    },
    visitorLeft: { fields: { visitId: idText }, right: onDuty },
    /** The visitor has not left: it was pressed by mistake. Within 10 minutes of `visitorLeft`. */
    takeBackDeparture: { fields: { visitId: idText }, right: onDuty },
    /** Deletes the key of the visitor's name, phone, plate and destination. Cannot be undone. */
    forgetVisitor: { fields: { visitId: idText }, right: managers },
  },
  machineFacts: visitFacts,
  collections: { visits: visitView },
  // Visits that ended more than a week ago are asked for.
  ways: {
    visits: wayOf(visitView, {
      way: 'window',
      keeps: ({ state, arrivedAt }, nowMs) => state === 'inside' || arrivedAt > nowMs - 7 * hours(24),
    }),
  },
});
