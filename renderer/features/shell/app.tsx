import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { usePreferences } from '../../kit/preferences.ts';
import { useWords } from '../../kit/use-words.ts';
import { useSeat, useSeatState } from '../../store/seat-context.tsx';
import { AlarmColumn } from '../alarms/alarm-column.tsx';
import { GateScreen } from '../gate/gate-screen.tsx';
import { HelpDialog } from '../help/help-dialog.tsx';
import { LogScreen } from '../log/log-screen.tsx';
import { NoteDialog } from '../note/note-dialog.tsx';
import { PeopleScreen } from '../people/people-screen.tsx';
import { PhoneListDialog } from '../phone-list/phone-list-dialog.tsx';
import { RoomScreen } from '../room/room-screen.tsx';
import { RosterScreen } from '../roster/roster-screen.tsx';
import { SetupScreen } from '../setup/setup-screen.tsx';
import { SignInScreen } from '../sign-in/sign-in-screen.tsx';
import { TakeoverScreen } from '../takeover/takeover-screen.tsx';
import { VisitorsScreen } from '../visitors/visitors-screen.tsx';
import { ActionBar } from './action-bar.tsx';
import { Banners } from './banners.tsx';
import { DeskProvider, type Overlay } from './desk.tsx';
import { Header } from './header.tsx';
import { useKeys } from './keys.ts';
import { usePlace, type Place } from './route.ts';
import './shell.css';

const screens: Readonly<Record<Place, () => ReactNode>> = {
  room: RoomScreen,
  gate: GateScreen,
  visitors: VisitorsScreen,
  takeover: TakeoverScreen,
  roster: RosterScreen,
  log: LogScreen,
  people: PeopleScreen,
  signIn: SignInScreen,
};

/** Before there is anything to show: how it stands with the station. */
const Waiting = (): ReactNode => {
  const { t } = useWords();
  const link = useSeatState((state) => state.link);
  return (
    <main className="waiting" data-screen="waiting" data-station={link === 'ok' ? 'ok' : 'silent'}>
      <div className="waiting-mark" aria-hidden="true" />
      <h1>{t(`waiting.${link}.title`)}</h1>
      <p>{t(`waiting.${link}.next`)}</p>
    </main>
  );
};

/** Who sits here, which screen is open, and what lies over it. */
export const App = (): ReactNode => {
  const { preferences } = useSeat();
  const { letterKeys, pressHoldMs } = usePreferences(preferences);
  const empty = useSeatState((state) => state.empty);
  const loaded = useSeatState((state) => state.loaded);
  const community = useSeatState((state) => state.tables.community.size > 0);
  const personId = useSeatState((state) => state.session?.personId ?? null);
  const signedIn = personId !== null;
  const setting = useSeatState((state) => state.bootId !== null && state.empty);
  const place = usePlace();
  const [chosenAlarm, choose] = useState<string | null>(null);
  const [overlay, setOverlay] = useState<Overlay>(null);
  const [note, setNote] = useState<{ readonly by: string | null; readonly text: string }>({ by: null, text: '' });
  const [settingUp, setSettingUp] = useState(false);
  const open = useCallback((next: Overlay) => setOverlay(next), []);
  const desk = useMemo(() => ({ chosenAlarm, choose, overlay, open }), [chosenAlarm, overlay, open]);
  useKeys({ enabled: letterKeys, holdMs: pressHoldMs });

  const close = (): void => setOverlay(null);
  if (setting || settingUp)
    return <SetupScreen onBegin={() => setSettingUp(true)} onDone={() => setSettingUp(false)} />;
  if (!loaded || (!community && !empty)) return <Waiting />;
  const Screen = signedIn ? screens[place] : SignInScreen;
  return (
    <DeskProvider value={desk}>
      <div className="seat" data-place={signedIn ? place : 'signIn'}>
        <Header />
        <Banners />
        <Screen />
        <AlarmColumn />
        <ActionBar />
      </div>
      {overlay === 'note' && (
        // Whoever sits here next does not find what somebody else began to write.
        <NoteDialog
          text={note.by === personId ? note.text : ''}
          onText={(text) => setNote({ by: personId, text })}
          onClose={close}
        />
      )}
      {overlay === 'phoneList' && <PhoneListDialog onClose={close} />}
      {overlay === 'help' && <HelpDialog onClose={close} />}
    </DeskProvider>
  );
};
