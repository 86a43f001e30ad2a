import type { ReactNode } from 'react';
import { Button } from '../../kit/button.tsx';
import { knowsZone } from '../../kit/time-words.ts';
import { useWords } from '../../kit/use-words.ts';
import { shiftOf } from '../../store/selectors.ts';
import { useSeat, useSeatState } from '../../store/seat-context.tsx';
import { lentBy } from '../sign-in/lent.ts';
import { goTo } from './route.ts';
import { useSoundState } from '../../sound/sounds.ts';

/** Sentences over everything, for what concerns everything: no station, no storage, a broken log, no sound. */
export const Banners = (): ReactNode => {
  const { t, hm, person } = useWords();
  const { sounds } = useSeat();
  const sound = useSoundState(sounds);
  const link = useSeatState((state) => state.link);
  const nowMs = useSeatState((state) => state.nowMs);
  const health = useSeatState((state) => state.health);
  const me = useSeatState((state) => state.session?.personId ?? null);
  const responsible = useSeatState((state) => shiftOf(state)?.responsible?.personId ?? null);
  const zone = useSeatState((state) => state.tables.community.values().next().value?.timeZone ?? null);
  const unreadable = useSeatState((state) => state.unreadable > 0);
  const silent = link !== 'ok';
  const problems = [
    silent && (nowMs === null ? t('banner.silentFromStart') : t('banner.silent', { time: hm(nowMs) })),
    !silent && health?.storage === 'failed' && t('banner.storageFailed'),
    !silent && health?.storage === 'low' && t('banner.storageLow'),
    !silent && health?.journal === 'broken' && t('banner.journalBroken'),
    !silent &&
      health?.startedAgain &&
      t(`banner.startedAgain.${health.startedAgain.because}`, { time: hm(health.startedAgain.at) }),
    !silent && health?.demo === 'down' && t('banner.demoDown'),
    !silent && health?.clock === 'jumped' && t('banner.clockJumped'),
    unreadable && t('banner.unreadable'),
    zone !== null && !knowsZone(zone) && t('banner.zoneUnknown'),
  ].filter((text) => typeof text === 'string');
  const lender = me === null ? null : lentBy(sessionStorage);
  const lent = lender !== null && lender === responsible && lender !== me;
  if (problems.length === 0 && sound === 'on' && !lent) return null;
  return (
    <div className="banners">
      {problems.map((text) => (
        <p key={text} className="banner" data-tone="problem" role="alert">
          {text}
        </p>
      ))}
      {lent && (
        <div className="banner" data-tone="lent" data-lent={lender}>
          <p>{t('banner.lent', { holder: person(lender), me: person(me) })}</p>
          <Button
            action="giveBack"
            size="small"
            label={t('banner.giveBack', { holder: person(lender) })}
            onPress={() => goTo('signIn')}
          />
        </div>
      )}
      {sound === 'off' && (
        <div className="banner" data-tone="sound">
          <p>{t('banner.soundOff')}</p>
          <Button action="soundOn" size="small" label={t('banner.soundOn')} onPress={sounds.unlock} />
        </div>
      )}
    </div>
  );
};
