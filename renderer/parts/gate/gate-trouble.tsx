import type { ReactNode } from 'react';
import type { BarrierView } from '../../../electron/contract/views.schema.ts';
import { useWords } from '../../seat/use-words.ts';

const troubles = ['failed', 'expired', 'unconfirmed', 'outcomeUnknown', 'contactHeld'] as const;

/** What went wrong with the newest command, and what to do now; nothing where nothing did. */
export const GateTrouble = ({ barrier }: { readonly barrier: BarrierView }): ReactNode => {
  const { t, either } = useWords();
  const { command, commandState } = barrier;
  const trouble = troubles.find((state) => state === commandState);
  if (trouble === undefined || command === null) return null;
  // A person's eye, not the controller's word: it may well have taken the command.
  const seen = trouble === 'failed' && command.fault === 'notMoved';
  // Somebody or something has moved it since.
  if (seen && barrier.position === (command.motion === 'open' ? 'open' : 'closed')) return null;
  return (
    <p className="notice" data-tone="problem" role="alert" data-trouble={trouble}>
      {t(`gate.trouble.${seen ? 'notMoved' : trouble}`)}{' '}
      {command.fault !== null && either(`gate.fault.${command.fault}`, '')}
    </p>
  );
};
