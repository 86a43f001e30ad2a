import type { SameKeys } from '../kernel/catalogue.ts';
import type { en } from './en.ts';

export const zhCN: SameKeys<typeof en> = {
  nav: {
    help: '键盘按键',
  },
  help: {
    title: '键盘按键',
    lead: '不用鼠标也能做所有的事。输入文字时，单个字母键不起作用。',
    letterKeys: '使用单个字母键',
    hold: '屏幕刚变时，多久之内的点按不算（防连点）',
    holdFor: '{{seconds}} 秒',
    when: {
      anywhere: '随时（没有写到一半的内容时）',
      question: '回到画面，问题在眼前时',
      screen: '在这一屏上，没有要填的格子时',
      noFields: '屏幕上没有要填的格子时',
      sheet: '打开这张表以后',
    },
  },
};
