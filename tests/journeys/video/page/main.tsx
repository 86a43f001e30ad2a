/** A plain wall for the engine's browser tests: `?tiles=16&release=common|none&surface=auto|canvas`. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { createVideoEngine } from '../../../../renderer/video/engine.ts';
import { VideoTile } from '../../../../renderer/video/tile.tsx';
import type { TileTexts } from '../../../../renderer/video/tile.tsx';
import './page.css';

const query = new URLSearchParams(location.search);
const cameras = Array.from({ length: Number(query.get('tiles') ?? 16) }, (_, index) => `cam-${index + 1}`);

const engine = createVideoEngine({
  now: () => Date.now(),
  requestTicket: async () => {
    const answer: unknown = await (await fetch('/ticket')).json();
    return typeof answer === 'string' ? answer : null;
  },
  release: query.get('release') === 'none' ? 'none' : 'common',
  surface: query.get('surface') === 'canvas' ? 'canvas' : 'auto',
});

const clock = (ms: number): string => new Date(ms).toISOString().slice(11, 19);

const texts: TileTexts = {
  connecting: 'Connecting …',
  stalledSince: (sinceMs, fault) =>
    fault === 'link'
      ? `No connection to the station. Picture of ${clock(sinceMs)}`
      : `Standing still since ${clock(sinceMs)}`,
  offline: (fault, sinceMs) => `No picture since ${clock(sinceMs)} (${fault ?? 'unknown'})`,
};

const Wall = (): ReactNode => {
  const [large, setLarge] = useState<string | null>(null);
  const [shuffled, setShuffled] = useState(false);
  const [guests, setGuests] = useState(0);
  const open = (cameraId: string): void => setLarge((before) => (before === cameraId ? null : cameraId));
  const order = shuffled ? cameras.toReversed() : cameras;
  const tiles = order.map((own, place) => {
    const cameraId = place === 0 && guests > 0 ? `guest-${guests}` : own;
    return (
      <div key={`${own}${String(shuffled)}`} className="cell" data-large={large === cameraId || undefined}>
        <VideoTile
          engine={engine}
          cameraId={cameraId}
          name={cameraId}
          texts={texts}
          quality={large === cameraId ? 'main' : 'sub'}
          focus={large === cameraId}
          onOpen={open}
        />
      </div>
    );
  });
  return (
    <>
      <button type="button" onClick={() => setGuests(guests + 1)}>
        Another camera
      </button>
      <button type="button" onClick={() => setShuffled(!shuffled)}>
        Other places
      </button>
      <main className="wall">{tiles}</main>
    </>
  );
};

const root = document.querySelector('#root');
if (root !== null) createRoot(root).render(<Wall />);

engine.subscribeHealth((health) => Object.assign(document.body.dataset, { level: health.level, tick: health.tickHz }));
