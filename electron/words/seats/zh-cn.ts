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
