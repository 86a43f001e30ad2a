import type { ReactNode } from 'react';
import { Button } from '../kit/button.tsx';
import { LanguageButton } from '../kit/language-button.tsx';
import { usePreferences } from '../seat/preferences.ts';
import { useWords } from '../seat/use-words.ts';
import { dutyOf } from '../store/duty.ts';
import { communityOf, shiftOf } from '../store/selectors.ts';
import { useSeat, useSeatState } from '../seat/seat-context.tsx';
import { goTo, SIGN_IN } from '../parts/desk/route.ts';
import { useRegistry } from '../seat/registry.tsx';
import { useDesk } from '../parts/desk/desk.tsx';

/** The clock, which moves only with the station's ticks. */
const Clock = (): ReactNode => {
  const { clock, weekday, day, t } = useWords();
  const nowMs = useSeatState((state) => state.nowMs);
  const ok = useSeatState((state) => state.link === 'ok');
  if (nowMs === null)
    return (
      <p className="clock" data-stopped="true">
        --:--:--
      </p>
    );
  return (
    <p className="clock" data-stopped={ok ? undefined : true}>
      <time dateTime={new Date(nowMs).toISOString()}>{clock(nowMs)}</time>
      <span className="clock-day">{ok ? `${weekday(nowMs)} · ${day(nowMs)}` : t('header.clockStopped')}</span>
    </p>
  );
};

/** How it stands with the station, in two or three words beside a shape. */
const StationState = (): ReactNode => {
  const { t } = useWords();
  const link = useSeatState((state) => state.link);
  const health = useSeatState((state) => state.health);
  const silent = link !== 'ok';
  const trouble = health !== null && (health.storage === 'failed' || health.journal === 'broken');
  const mute = health !== null && (health.sounder === 'missing' || health.sounder === 'failed');
  const deaf = health?.receiver === 'notSet' || health?.receiver === 'failed';
  const key = silent
    ? 'silent'
    : trouble
      ? 'trouble'
      : health?.sounder === 'sounding'
        ? 'sounding'
        : deaf
          ? 'noReceiver'
          : mute
            ? 'noSounder'
            : 'ok';
  return (
    <p className="station" data-tone={key} role="status">
      <span className="station-dot" aria-hidden="true" />
      {t(`header.station.${key}`)}
    </p>
  );
};

/** Who comes next, by name and time; who should be here and is not; or that nobody is planned. Never longer than its line. */
const Next = (): ReactNode => {
  const { t, hm, person } = useWords();
  const postId = useSeatState((state) => state.postId);
  const tables = useSeatState((state) => state.tables);
  const nowMs = useSeatState((state) => state.nowMs) ?? 0;
  const { missing, unrelieved, next, gap, untilMs } = dutyOf(tables, postId, nowMs);
  if (missing !== null)
    return (
      <>
        <span className="responsible-name">{person(missing.personId)}</span>
        <span data-late="true">{t('header.notCome')}</span>
      </>
    );
  if (unrelieved) return <span data-late="true">{t('header.nobodyPlanned')}</span>;
  const adjoins = gap !== null && untilMs !== null && gap.fromMs <= untilMs;
  return (
    <>
      {next !== null && !adjoins && (
        <>
          <span className="responsible-name">{person(next.personId)}</span>
          <span>{hm(next.fromMs)}</span>
        </>
      )}
      {gap !== null && (
        <span className="responsible-gap" data-late="true">
          {`▲ ${t('header.gapFrom', { time: hm(gap.fromMs) })}`}
        </span>
      )}
      {next === null && gap === null && <span>{t('header.nobodyNext')}</span>}
    </>
  );
};

/** Who is responsible and until when, and who comes next: two lines, whatever happens, so that nothing below them moves. */
export const Responsible = (): ReactNode => {
  const { t, hm, person } = useWords();
  const shift = useSeatState(shiftOf);
  const responsible = shift?.responsible ?? null;
  const nowMs = useSeatState((state) => state.nowMs);
  // A clock that was set back is before the end again.
  const isOver = shift?.overdueSince != null && !(nowMs !== null && nowMs < shift.overdueSince);
  return (
    <section
      className="responsible"
      data-responsible={responsible?.personId ?? 'unstaffed'}
      aria-label={t('header.responsible')}
    >
      <p className="responsible-now">
        <span className="responsible-word">{t('header.onDuty')}</span>
        {responsible === null ? (
          <strong className="unstaffed">{t('header.nobody')}</strong>
        ) : (
          <>
            <strong className="responsible-name">{person(responsible.personId)}</strong>
            <span data-late={isOver ? true : undefined}>
              {isOver
                ? t('header.overdue', { time: hm(responsible.until) })
                : t('header.until', { time: hm(responsible.until) })}
            </span>
          </>
        )}
      </p>
      <p className="responsible-next">
        <span className="responsible-word">{t('header.next')}</span>
        <Next />
      </p>
    </section>
  );
};

const Me = (): ReactNode => {
  const { t, person } = useWords();
  const session = useSeatState((state) => state.session);
  return (
    <Button
      action="signIn"
      look="quiet"
      size="small"
      shortcut={{ key: 'i', says: 'nav.signIn', scope: 'anywhere' }}
      label={
        session === null ? (
          t('header.signIn')
        ) : (
          <>
            <span className="header-you">{t('signIn.youAre')}</span> {person(session.personId)}
          </>
        )
      }
      onPress={() => goTo(SIGN_IN)}
    />
  );
};

export const Header = (): ReactNode => {
  const { t } = useWords();
  const { preferences } = useSeat();
  const { theme, print } = usePreferences(preferences);
  const community = useSeatState(communityOf);
  const { features } = useRegistry();
  const silent = useSeatState((state) => state.link !== 'ok');
  const { open } = useDesk();
  return (
    <header className="header" data-without-keys="large narrow" data-station={silent ? 'silent' : 'ok'}>
      <Clock />
      <div className="header-place">
        <h1 title={community?.name}>{community?.name}</h1>
        {features.flatMap(({ name, marks }) => marks.map((Mark) => <Mark key={`${name} ${Mark.name}`} />))}
      </div>
      <StationState />
      <div className="header-tools">
        <span className="header-me">
          <Me />
        </span>
        <Button
          action="largePrint"
          look="quiet"
          size="small"
          label={t('header.largePrint')}
          pressed={print === 'large'}
          onPress={() => preferences.set({ print: print === 'large' ? 'normal' : 'large' })}
        />
        <Button
          action="theme"
          look="quiet"
          size="small"
          label={t(theme === 'dark' ? 'header.toLight' : 'header.toDark')}
          onPress={() => preferences.set({ theme: theme === 'dark' ? 'light' : 'dark' })}
        />
        <LanguageButton small />
        <Button
          action="help"
          shortcut={{ key: '?', says: 'keys.help', scope: 'always' }}
          quietKey
          look="quiet"
          size="small"
          label="?"
          name={t('help.title')}
          onPress={() => open('help')}
        />
      </div>
      <Responsible />
    </header>
  );
};
