import type { DemoLanguage, DemoPort, DemoSeed } from '../../electron/station/features/demo/demo.port.ts';

export interface FakeDemo extends DemoPort {
  /** The panel port that the simulators report to, or `null` while none run. */
  readonly reportingTo: () => number | null;
  /** The simulators end by themselves. */
  readonly lose: () => void;
}

/** A demo without simulators: it tells what `seed` says, and rejects where that throws. */
export const createFakeDemo = (seed: (nowMs: number, lang: DemoLanguage) => DemoSeed): FakeDemo => {
  let reportingTo: number | null = null;
  let lost: () => void = () => undefined;
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
    onLost: (listener) => {
      lost = listener;
    },
    lose: () => {
      reportingTo = null;
      lost();
    },
    reportingTo: () => reportingTo,
  };
};
