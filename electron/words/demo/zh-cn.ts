import type { SameKeys } from '../kernel/catalogue.ts';
import type { en } from './en.ts';

export const zhCN: SameKeys<typeof en> = {
  header: {
    demo: '演示小区',
  },
  banner: {
    demoDown: '演示用的模拟设备没有运行，正在启动；画面和道闸会自己恢复。',
  },
  log: {
    says: {
      DemoStarted: '这是演示小区：人物是虚构的，设备是模拟的。',
    },
  },
  refusal: {
    demoOff: '这台值守台启动时关掉了演示。',
    demoOnly: '只有空的文件夹才能打开演示小区。',
  },
};
