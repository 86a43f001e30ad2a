import type { SameKeys } from '../kernel/catalogue.ts';
import type { en } from './en.ts';

export const zhCN: SameKeys<typeof en> = {
  log: {
    says: {
      ClockJumped: '值守台电脑的时间被改过。',
      StationStarted: '值守台启动了{{again}}。',
      StationNamed: '值守台开始记日志。',
      FingerprintKeyMade: '值守台做好了内部准备。',
    },
  },
};
