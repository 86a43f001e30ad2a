import { defineContract } from '../kernel/feature.ts';
import { idText, lineText, postIdText } from '../kernel/primitives.ts';
import { managers } from '../kernel/rights.ts';
import { seatFacts } from './seats.facts.ts';
import { seatKind, seatsSeen, seatView } from './seats.views.ts';

/** The seats that people sit at: what each is for, and that one is used no more. */
export const seats = defineContract({
  name: 'seats',
  commands: {
    changeSeat: {
      fields: { seatId: idText, kind: seatKind, postId: postIdText, name: lineText(40).nullable() },
      right: managers,
    },
    /** At once, and for good: who sits there is signed out, and the seat is let in no more. */
    revokeSeat: { fields: { seatId: idText }, right: managers },
  },
  asks: { seatsSeen: { ask: {}, reply: seatsSeen, right: managers } },
  collections: { seats: seatView },
  facts: seatFacts,
  refusals: ['ownSeat', 'seatRevoked'],
});
