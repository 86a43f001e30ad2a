import { z } from 'zod';
import { defineContract } from '../kernel/feature.ts';
import { contactRole, idText, lineText, phoneText } from '../kernel/primitives.ts';
import { managers } from '../kernel/rights.ts';
import { contactFacts } from './contacts.facts.ts';
import { contactView } from './contacts.views.ts';

/** Whom to call when nobody acts. */
export const contacts = defineContract({
  name: 'contacts',
  commands: {
    /** Adds somebody to call, or changes it. Name and phone are personal. Lower `rank` is called first; a role that is left out stays as it is. */
    addContact: {
      fields: {
        contactId: idText.nullable(),
        name: lineText(40),
        phone: phoneText,
        role: contactRole.optional(),
        rank: z.int().min(1).max(99),
      },
      right: managers,
    },
    removeContact: { fields: { contactId: idText }, right: managers },
  },
  collections: { contacts: contactView },
  facts: contactFacts,
});
