import type { SameKeys } from '../kernel/catalogue.ts';
import type { en } from './en.ts';

export const zhCN: SameKeys<typeof en> = {
  nav: {
    phoneList: '打电话',
  },
  phoneList: {
    title: '打电话',
    lead: '从上往下打。每打一个，请点一下结果。',
    leadQuiet: '现在没有求助。需要时照这个名单打电话。',
    empty: '名单还是空的',
    emptyNext: '请管理员在“人员与设备”里添加联系人。',
    ambulance: '急救中心',
    dutyPeople: '值班的人',
    noPhone: '没有留电话',
    police: '报警，请开锁的人',
    phone: '住户',
    family: '家人',
    keyHolder: '有钥匙的人',
    comingElsewhere: '▲ {{time}} 说正赶去 {{place}}',
    outcomeOf: '给{{name}}打电话的结果',
  },
  contactRole: {
    family: '家人',
    neighbour: '邻居',
    keyHolder: '有钥匙的人',
    patrol: '巡逻队',
    property: '物业',
    gridWorker: '网格员',
    doctor: '家庭医生',
    hospital: '医院',
    ambulance: '急救',
    police: '报警',
    fire: '火警',
    locksmith: '开锁',
    other: '其他',
  },
  contact: {
    add: '添加联系人',
    change: '修改联系人',
    name: '姓名',
    nameHint: '例如 巡逻队、3 栋楼长',
    role: '是什么人',
    rank: '第几个打',
    rankHint: '数字小的先打',
    rankWrong: '请填 1 到 99',
  },
  log: {
    says: {
      ContactAdded: '添加了联系人：{{what}}。',
      ContactRemoved: '{{who}}从电话名单里去掉了一个人。',
      ContactChanged: '{{who}}修改了联系人{{what}}{{changes}}。',
    },
  },
};
