import type { ReactNode } from 'react';
import type { IncidentView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import { SayTo120 } from '../../parts/contacts/say-to-120.tsx';
import { useDesk } from '../../parts/desk/desk.tsx';
import { useWords } from '../../seat/use-words.ts';

/** The phone list, where a question is answered with the phone in the hand. */
export const OpenPhoneList = (): ReactNode => {
  const { t } = useWords();
  const { open } = useDesk();
  return (
    <Button
      action="phoneList"
      keyElsewhere="p"
      size="small"
      label={t('nav.phoneList')}
      onPress={() => open('phoneList')}
    />
  );
};

/** What to say to 120, where it is asked whether 120 was called. */
export const WhatToSay = ({ incident }: { readonly incident: IncidentView }): ReactNode => (
  <SayTo120 incident={incident} brief />
);
