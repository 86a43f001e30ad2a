import type { ReactNode } from 'react';
import type { Refusal } from './command.ts';
import { useWords } from '../seat/use-words.ts';
import type { Words } from '../../electron/words/words.ts';
import './notices.css';

const LONGEST_WAIT_MS = 60_000;

/** How long to wait, in words; a minute where the station does not say: it never asks for more. */
const waitOf = ({ details }: Refusal, t: Words['t']): string => {
  const waitMs =
    typeof details === 'object' && details !== null && 'waitMs' in details
      ? Number(details['waitMs'])
      : LONGEST_WAIT_MS;
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return seconds < 60 ? t('time.seconds', { count: seconds }) : t('time.minutes', { count: Math.ceil(seconds / 60) });
};

/** What the station refused: what happened, what it means, what to do next. */
export const RefusalNote = ({ refusal }: { readonly refusal: Refusal | null }): ReactNode => {
  const { t, either } = useWords();
  if (refusal === null) return null;
  return (
    <p className="notice" data-tone="problem" role="alert" data-refusal={refusal.kind}>
      {either(`refusal.${refusal.kind}`, t('refusal.unknown'), { wait: waitOf(refusal, t) })}
    </p>
  );
};

/** Nothing to show, and what to do about it. */
export const Empty = ({
  title,
  fill = false,
  children,
}: {
  readonly title: string;
  /** It stands in place of the whole screen. */
  readonly fill?: boolean;
  readonly children?: ReactNode;
}): ReactNode => (
  <div className="empty" data-fill={fill || undefined}>
    <p className="empty-title">{title}</p>
    {children !== undefined && <p className="empty-next">{children}</p>}
  </div>
);
