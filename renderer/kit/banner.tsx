import type { ReactNode } from 'react';

/** A sentence over everything: something that concerns everything is wrong. `children`: what can be done about it at once. */
export const Banner = ({ text, children }: { readonly text: string; readonly children?: ReactNode }): ReactNode => (
  <div className="banner" data-tone="problem" role="alert">
    <p>{text}</p>
    {children}
  </div>
);
