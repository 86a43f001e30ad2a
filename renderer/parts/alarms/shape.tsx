import type { ReactNode } from 'react';
import type { AlarmView } from '../../../electron/contract/views.schema.ts';
import './shape.css';

const paths: Readonly<Record<AlarmView['priority'], string>> = {
  life: 'M12 2 23 21H1Z',
  high: 'M3 3h18v18H3Z',
  medium: 'M12 2a10 10 0 1 0 .001 0Z',
  low: 'M2 9h20v6H2Z',
};

/** Triangle for life, square, circle, bar: never colour alone. */
export const Shape = ({ priority }: { readonly priority: AlarmView['priority'] }): ReactNode => (
  <svg className="shape" data-priority={priority} viewBox="0 0 24 24" aria-hidden="true">
    <path d={paths[priority]} />
  </svg>
);
