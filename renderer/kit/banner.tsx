import type { ReactNode } from 'react';
import './banner.css';

/** A sentence over everything: something that concerns everything is wrong. */
export const Banner = ({ text }: { readonly text: string }): ReactNode => (
  <p className="banner" data-tone="problem" role="alert">
    {text}
  </p>
);
