import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { CollectionName } from '../../electron/contract/views.schema.ts';
import { usePreferences } from '../seat/preferences.ts';
import { useWords } from '../seat/use-words.ts';
import { DeskProvider, type Overlay } from '../parts/desk/desk.tsx';
import { FIND, goTo, HOME, SIGN_IN, usePlace } from '../parts/desk/route.ts';
import type { Name } from '../seat/names.ts';
import { useKeyBook } from '../seat/keys.tsx';
import { useRegistry } from '../seat/registry.tsx';
import { useSeat, useSeatState } from '../seat/seat-context.tsx';
import { ActionBar } from './action-bar.tsx';
import { Banners } from './banners.tsx';
import { Header } from './header.tsx';
import { useKeys } from './keys.ts';
import './shell.css';

/** Before there is anything to show: how it stands with the station. */
const Waiting = (): ReactNode => {
  const { t } = useWords();
  const link = useSeatState((state) => state.link);
  const revoked = useSeatState((state) => state.revoked);
  const how = revoked ? 'revoked' : link;
  return (
    <main className="waiting" data-screen="waiting" data-station={link === 'ok' ? 'ok' : 'silent'}>
      <div className="waiting-mark" aria-hidden="true" />
      <h1>{t(`waiting.${how}.title`)}</h1>
      <p>{t(`waiting.${how}.next`)}</p>
    </main>
  );
};

const nothing: readonly CollectionName[] = [];

/** A screen whose rows are on their way: for a moment, or until the station is heard again. */
const Coming = (): ReactNode => {
  const { t } = useWords();
  const silent = useSeatState(({ link }) => link !== 'ok');
  return (
    <main className="screen" aria-busy="true">
      {silent && <p className="lead">{t('waiting.silent.title')}</p>}
    </main>
  );
};

/** The screen of the place where this seat is; whoever is not signed in is at the sign-in, wherever the address points. */
const Screen = ({ place }: { readonly place: Name }): ReactNode => {
  const { bridge } = useSeat();
  const { places } = useRegistry();
  const found = places.find((one) => one.place === place);
  const shows = found?.shows ?? nothing;
  const isThere = useSeatState(({ shown }) => shows.every((collection) => shown.has(collection)));
  useEffect(() => bridge.show(shows), [bridge, shows]);
  if (found === undefined) return null;
  // Nothing is called empty before its rows are there.
  return isThere ? <found.screen /> : <Coming />;
};

/** What lies over the screen. */
const OverlayDialog = ({
  overlay,
  onClose,
}: {
  readonly overlay: Overlay;
  readonly onClose: () => void;
}): ReactNode => {
  const { overlays } = useRegistry();
  const found = overlays.find((one) => one.overlay === overlay);
  return found === undefined ? null : <found.dialog onClose={onClose} />;
};

const goHome = (): void => goTo(HOME);

/** Who sits here, which screen is open, and what lies over it. */
export const App = (): ReactNode => {
  const { preferences } = useSeat();
  const { letterKeys, pressHoldMs } = usePreferences(preferences);
  const { features } = useRegistry();
  const empty = useSeatState((state) => state.empty);
  const loaded = useSeatState((state) => state.loaded);
  const community = useSeatState((state) => state.tables.community.size > 0);
  const signedIn = useSeatState((state) => state.session !== null);
  const entrances = features.flatMap((feature) => feature.entrances);
  const needed = useSeatState((state) => entrances.find(({ isNeeded }) => isNeeded(state)) ?? null);
  const wanted = usePlace();
  const place = signedIn ? wanted : SIGN_IN;
  const [chosenAlarm, choose] = useState<string | null>(null);
  const [overlay, setOverlay] = useState<Overlay>(null);
  const [begun, setBegun] = useState<(typeof entrances)[number] | null>(null);
  const open = useCallback((next: Overlay) => setOverlay(next), []);
  const desk = useMemo(() => ({ chosenAlarm, choose, overlay, open }), [chosenAlarm, overlay, open]);
  const book = useKeyBook();
  const entrance = needed ?? begun;
  const waiting = !loaded || (!community && !empty);
  const find = useCallback(() => setOverlay(FIND), []);
  useKeys({
    book,
    enabled: letterKeys,
    holdMs: pressHoldMs,
    atHome: place === HOME,
    goHome,
    onFind: entrance === null && !waiting ? find : null,
  });
  if (entrance !== null) return <entrance.screen onBegin={() => setBegun(entrance)} onDone={() => setBegun(null)} />;
  if (waiting) return <Waiting />;
  return (
    <DeskProvider value={desk}>
      <div className="seat" data-place={place}>
        <Header />
        <Banners />
        <Screen place={place} />
        {features.flatMap(({ name, columns }) => columns.map((Column) => <Column key={`${name} ${Column.name}`} />))}
        <ActionBar />
      </div>
      <OverlayDialog overlay={overlay} onClose={() => setOverlay(null)} />
    </DeskProvider>
  );
};
