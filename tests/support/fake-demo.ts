import type { DemoLanguage, DemoPort, DemoSeed } from '../../electron/station/ports/demo.port.ts';

export interface FakeDemo extends DemoPort {
  /** The panel port that the simulators report to, or `null` while none run. */
  readonly reportingTo: () => number | null;
}

/** A demo without simulators: it tells what `seed` says, and rejects where that throws. */
export const createFakeDemo = (seed: (nowMs: number, lang: DemoLanguage) => DemoSeed): FakeDemo => {
  let reportingTo: number | null = null;
  let lastLang: DemoLanguage = 'zh-CN';
  return {
    start: async (panelPort, nowMs, lang = lastLang) => {
      reportingTo = null;
      const told = seed(nowMs, lang);
      lastLang = lang;
      reportingTo = panelPort;
      return told;
    },
    stop: async () => {
      reportingTo = null;
    },
    reportingTo: () => reportingTo,
  };
};
