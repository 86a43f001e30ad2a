import type { ReactNode } from 'react';
import { Button } from '../../kit/button.tsx';
import { Banner } from '../../kit/banner.tsx';
import { knowsZone } from '../../../electron/words/kernel/time-words.ts';
import { useWords } from '../../seat/use-words.ts';
import { useSeatState } from '../../seat/seat-context.tsx';

/** What concerns everything: no station, no storage, a broken log, a clock that jumped, rows that this seat cannot read. */
export const StationBanners = (): ReactNode => {
  const { t, hm } = useWords();
  const link = useSeatState((state) => state.link);
  const nowMs = useSeatState((state) => state.nowMs);
  const health = useSeatState((state) => state.health);
  const zone = useSeatState((state) => state.tables.community.values().next().value?.timeZone ?? null);
  const unreadable = useSeatState((state) => state.unreadable > 0);
  const outdated = useSeatState((state) => state.outdated);
  const silent = link !== 'ok';
  const problems = [
    silent && (nowMs === null ? t('banner.silentFromStart') : t('banner.silent', { time: hm(nowMs) })),
    !silent && health?.storage === 'failed' && t('banner.storageFailed'),
    !silent && health?.storage === 'low' && t('banner.storageLow'),
    !silent && health?.journal === 'broken' && t('banner.journalBroken'),
    !silent &&
      health?.startedAgain &&
      t(`banner.startedAgain.${health.startedAgain.because}`, { time: hm(health.startedAgain.at) }),
    !silent && health?.clock === 'jumped' && t('banner.clockJumped'),
    unreadable && t('banner.unreadable'),
    zone !== null && !knowsZone(zone) && t('banner.zoneUnknown'),
  ].filter((text) => typeof text === 'string');
  return (
    <>
      {outdated && (
        <Banner text={t('banner.outdated')}>
          <Button action="reload" size="small" label={t('banner.reload')} onPress={() => location.reload()} />
        </Banner>
      )}
      {problems.map((text) => (
        <Banner key={text} text={text} />
      ))}
    </>
  );
};
