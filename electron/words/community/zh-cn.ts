import type { SameKeys } from '../kernel/catalogue.ts';
import type { en } from './en.ts';

export const zhCN: SameKeys<typeof en> = {
  address: {
    title: '小区地址：告诉 120 的话',
    useZone: '按这台电脑的时区显示时间（{{zone}}）',
    useZoneHint: '马上改，所有席位都一样',
    street: '街道和门牌',
    streetHint: '例如 长江路 18 号。救护车照这个找',
    entrance: '救护车从哪个门进',
    entranceHint: '例如 北门',
    callBack: '值班电话',
    callBackHint: '让 120 能打回来',
    noStreet: '还没有填街道和门牌',
    noEntrance: '还没有填从哪个门进',
    noCallBack: '还没有填值班电话',
  },
  log: {
    says: {
      CommunityEstablished: '建立了小区。',
      TimeZoneSet: '{{who}}改了显示时间用的时区。',
      AddressSet: '{{who}}填了告诉 120 的小区地址。',
    },
  },
  refusal: {
    notEmpty: '这里已经有小区了，不能再建立。',
  },
};
