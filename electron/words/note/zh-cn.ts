import type { SameKeys } from '../kernel/catalogue.ts';
import type { en } from './en.ts';

export const zhCN: SameKeys<typeof en> = {
  nav: {
    note: '记一笔',
  },
  note: {
    title: '记一笔',
    label: '写下发生了什么',
    hint: '会记进值班记录，不能删除。',
    save: '记下',
    writeFirst: '请先写一点内容',
    discard: '不写了',
  },
};
