import type { ReactNode } from 'react';
import './screen.css';

export interface ScreenProps {
  readonly name: string;
  readonly title: string;
  readonly lead?: string;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of every screen but the wall: a heading, a sentence, what can be done with the whole, and the rest. */
export const Screen = ({ name, title, lead, tools, children }: ScreenProps): ReactNode => (
  <main className="screen" data-screen={name}>
    <header className="screen-head">
      <div>
        <h2>{title}</h2>
        {lead !== undefined && <p className="lead">{lead}</p>}
      </div>
      {tools !== undefined && <div className="buttons">{tools}</div>}
    </header>
    <div className="screen-body">{children}</div>
  </main>
);
