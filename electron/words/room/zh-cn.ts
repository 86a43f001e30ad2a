import type { SameKeys } from '../kernel/catalogue.ts';
import type { en } from './en.ts';

export const zhCN: SameKeys<typeof en> = {
  nav: {
    room: '画面',
  },
  room: {
    wall: '摄像头画面',
    empty: '还没有摄像头',
    addCamera: '添加摄像头',
    allMoving: '摄像头都连着：{{count}} 个',
    someMoving: '{{all}} 个摄像头，连着 {{moving}} 个',
    size: '同时看几个画面',
    tiles: '同时看 {{count}} 个画面',
    back: '回到全部画面',
    previous: '上一页',
    nextPage: '下一页',
    firstPage: '已经是第一页',
    lastPage: '已经是最后一页',
  },
};
