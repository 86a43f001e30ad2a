import type { SameKeys } from '../kernel/catalogue.ts';
import type { en } from './en.ts';

export const zhCN: SameKeys<typeof en> = {
  seat: {
    kind: {
      room: '监控室',
      gatehouse: '门岗',
      manager: '管理员',
    },
    unnamed: '没有名字的席位',
    change: '修改席位',
    name: '名字（可以不填）',
    for: '用途',
    post: '岗位',
    thisOne: '就是这里',
    since: '{{time}} 起',
    revoked: '{{time}} 停用',
  },
  people: {
    kind: { seats: '席位' },
    none: { seats: '还没有席位' },
  },
  remove: {
    label: { seat: '停用这个席位' },
    sure: { seat: '再点一次：停用，不能恢复' },
    hint: { seat: '坐在那里的人马上退出' },
  },
  waiting: {
    revoked: {
      title: '这个席位已经停用',
      next: '管理员停用了它。请换一个席位，或者找管理员。',
    },
  },
  log: {
    change: {
      kind: '用途',
      postId: '岗位',
    },
    says: {
      SeatRecorded: '有一个席位第一次使用。',
      SeatChanged: '{{who}}修改了席位“{{what}}”{{changes}}，现在用作{{seatKind}}。',
      SeatRevoked: '{{who}}停用了席位“{{what}}”。',
    },
  },
  refusal: {
    ownSeat: '你正坐在这个席位上。请到别的席位上停用它。',
    seatRevoked: '这个席位已经停用，不能再用。',
    notAtThisSeat: '这个席位不能做这件事。请到监控室去做。',
  },
};
