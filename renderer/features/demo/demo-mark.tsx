import type { ReactNode } from 'react';
import { Banner } from '../../kit/banner.tsx';
import { useWords } from '../../seat/use-words.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import './demo.css';

/** That this community is made up stands beside its name, always. */
export const DemoMark = (): ReactNode => {
  const { t } = useWords();
  const demo = useSeatState((state) => state.tables.demo.size > 0);
  return demo ? <span className="demo-mark">{t('header.demo')}</span> : null;
};

/** Its simulated devices do not run. */
export const DemoBanner = (): ReactNode => {
  const { t } = useWords();
  const down = useSeatState((state) => state.link === 'ok' && state.health?.demo === 'down');
  return down ? <Banner text={t('banner.demoDown')} /> : null;
};
