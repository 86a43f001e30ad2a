import { z } from 'zod';
import { defineContract } from '../kernel/feature.ts';
import { idText, lineText, phoneText, pinText, role } from '../kernel/primitives.ts';
import { managers } from '../kernel/rights.ts';
import { peopleFacts } from './people.facts.ts';
import { personView } from './people.views.ts';

/** Who works here, and how they sign in. */
export const people = defineContract({
  name: 'people',
  commands: {
    /** Adds a person, or changes the one with this id. `pin: null` leaves it as it is, and so does a phone that is left out; `phone: null` is none. */
    addPerson: {
      fields: {
        personId: idText.nullable(),
        name: lineText(40),
        phone: phoneText.nullable().optional(),
        role,
        pin: pinText.nullable(),
        active: z.boolean(),
      },
      right: managers,
    },
  },
  collections: { people: personView },
  facts: peopleFacts,
  refusals: ['lastManager', 'wrongPin', 'tooManyAttempts', 'wrongCode'],
});
