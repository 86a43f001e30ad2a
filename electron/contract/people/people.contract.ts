import { z } from 'zod';
import { defineContract } from '../kernel/feature.ts';
import { idText, lineText, phoneText, pinText, role } from '../kernel/primitives.ts';
import { managers } from '../kernel/rights.ts';
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
  facts: [
    'v1.PersonAdded',
    'v1.PersonChanged',
    'v1.PinRecovered',
    'v1.PinChanged',
    'v1.SignedIn',
    'v1.SignedOut',
    'v1.SignInFailed',
    'v1.SessionsEnded',
  ],
  refusals: ['lastManager', 'wrongPin', 'tooManyAttempts', 'wrongCode'],
});
