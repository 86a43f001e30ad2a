import { contacts } from '../../../contract/contacts/contacts.contract.ts';
import type { ContactView } from '../../../contract/contacts/contacts.views.ts';
import { collectionOfBodies } from '../../core/collection.ts';
import { defineFeature } from '../../core/define-feature.ts';
import { subjects } from '../../core/subjects.ts';
import { existing, recordChange } from '../../parts/record-change.ts';
import { contactRows } from '../../parts/rows.ts';

/** Whom to call when nobody acts. */
export const contactsFeature = defineFeature({
  contract: contacts,
  collections: {
    contacts: collectionOfBodies<ContactView>('contacts', {
      version: 1,
      shown: { to: ['duty'], openedTo: ['duty'] },
      idField: 'contactId',
      kept: ['v1.ContactAdded', 'v1.ContactChanged'],
      dropped: ['v1.ContactRemoved'],
    }),
  },
  commands: {
    addContact: (scope, { contactId, name, phone, role, rank }) => {
      const { work, privacy, ids } = scope;
      const id = contactId ?? ids.next();
      const names = { added: 'v1.ContactAdded', changed: 'v1.ContactChanged' } as const;
      const before = contactRows.get(work.read, id);
      recordChange(scope, 'contact', names, id, before, {
        name: privacy.seal(subjects.contact(id), name),
        phone: privacy.seal(subjects.contact(id), phone),
        role: role ?? before?.role ?? 'other',
        rank,
      });
      return { contactId: id };
    },
    removeContact: (scope, { contactId }) => {
      const { name } = existing(scope, contactRows, contactId);
      scope.work.record({ type: 'v1.ContactRemoved', kind: 'contact', entityId: contactId, body: { name } });
      return {};
    },
  },
  hiddenFields: ['phone'],
});
