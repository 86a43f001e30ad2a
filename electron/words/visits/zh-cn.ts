import type { SameKeys } from '../kernel/catalogue.ts';
import type { en } from './en.ts';

export const zhCN: SameKeys<typeof en> = {
  nav: {
    visitors: '访客登记',
  },
  keys: {
    visitors: '访客登记',
  },
  visit: {
    title: '访客',
    register: '登记访客',
    kindLabel: '来做什么',
    kind: {
      family: '亲友',
      delivery: '送货',
      repair: '维修',
      care: '护理',
      other: '其他',
    },
    name: '姓名',
    visiting: '去哪一家',
    visitingHint: '例如 3-1-502',
    plate: '车牌',
    phone: '电话',
    mayBeEmpty: '可以不填',
    plateMeant: '是不是 {{plate}}？',
    plateUnusual: '不像车牌，请再看一遍；特殊车辆可以照样登记。',
    needsName: '请填姓名',
    needsPlace: '请填去哪一家',
    phoneWrong: '电话只能有数字、空格、加号和横线',
    save: '登记进入',
    saved: '{{name}}已登记。',
    savedNext: '{{name}}已登记。再来一位，请填姓名',
    inside: '在小区里',
    gone: '已经离开',
    nobodyInside: '现在没有访客',
    nobodyInsideNext: '登记的访客会列在这里，离开时点一下。',
    to: '去 {{place}}',
    arrived: '{{time}} 进入（{{since}}），{{name}}登记',
    stayed: '{{from}} 进入，{{to}} 离开',
    left: '离开了',
    forgotten: '（已删除）',
    forget: '删除个人信息',
    takeBack: '撤回离开',
    forgetAgain: '再点一次：永远删除',
    forgetHint: '姓名、电话、车牌，不能恢复',
  },
  log: {
    says: {
      VisitorRegistered: '{{who}}登记了访客{{visitor}}（{{kind}}）{{visiting}}。',
      VisitorLeft: '访客离开：{{visitor}}。',
      DepartureTakenBack: '刚才按错了，访客没有离开：{{visitor}}。',
      VisitorForgotten: '一位访客的个人信息已删除。',
    },
  },
};
