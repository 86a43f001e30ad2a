import type { ReactNode } from 'react';
import { Button } from '../kit/button.tsx';
import { useWords } from '../seat/use-words.ts';
import { useRegistry } from '../seat/registry.tsx';
import { useSeat } from '../seat/seat-context.tsx';
import { useSoundState } from '../sound/sounds.ts';

/** This seat cannot make itself heard before somebody presses. */
const SoundBanner = (): ReactNode => {
  const { t } = useWords();
  const { sounds } = useSeat();
  if (useSoundState(sounds) === 'on') return null;
  return (
    <div className="banner" data-tone="sound">
      <p>{t('banner.soundOff')}</p>
      <Button action="soundOn" size="small" label={t('banner.soundOn')} onPress={sounds.unlock} />
    </div>
  );
};

/** Sentences over everything, for what concerns everything: each feature says its own. */
export const Banners = (): ReactNode => (
  <div className="banners">
    {useRegistry().features.flatMap(({ name, banners }) =>
      banners.map((Banner) => <Banner key={`${name} ${Banner.name}`} />),
    )}
    <SoundBanner />
  </div>
);
