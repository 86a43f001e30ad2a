/** Tells the decoder what the page wants to see: once for all changes of one task. */
import type { PageToDecoder } from './messages.ts';
import type { Paintings } from './paintings.ts';
import { wantedOf, type Tile } from './tiles.ts';

/** Returns the way to say that something has changed. `told`: how many pictures are wanted now. */
export const createPlanner = (
  paintings: Paintings<Tile>,
  send: (message: PageToDecoder) => void,
  told: (pictures: number) => void,
): (() => void) => {
  let isPlanned = false;
  const sendPlan = (): void => {
    isPlanned = false;
    for (const painting of paintings.all()) {
      const watched = !document.hidden && (painting.tile?.onScreen ?? true);
      if (watched && !painting.watched) painting.server = null;
      painting.watched = watched;
    }
    const wanted = paintings.all().filter(({ watched }) => watched);
    send({ t: 'plan', tiles: wanted.map(wantedOf) });
    told(wanted.length);
  };
  return () => {
    if (isPlanned) return;
    isPlanned = true;
    queueMicrotask(sendPlan);
  };
};
