import type { SameKeys } from '../kernel/catalogue.ts';
import type { en } from './en.ts';

export const zhCN: SameKeys<typeof en> = {
  setup: {
    title: '欢迎使用值守台',
    leadOwn: '这里还什么都没有。请在这里设置你的小区。',
    lead: '这里还什么都没有。你想先看看，还是直接设置自己的小区？',
    demoTitle: '先看演示小区',
    demoMeans: '一个假的小区：画面会动，求助按钮能按，道闸能开。可以放心试。',
    demoMark: '屏幕上会一直写着“演示小区”。',
    demoStart: '打开演示小区',
    demoStarting: '正在准备演示小区…',
    ownTitle: '设置自己的小区',
    ownMeans: '起名字，设第一位管理员，再接上摄像头、道闸和求助按钮。',
    ownNeeds: '大约五分钟。名字和管理员要填，后面几步都可以先跳过。',
    ownStart: '开始设置',
    community: '小区名字',
    communityHint: '会显示在屏幕最上面',
    manager: '管理员姓名',
    managerHint: '第一位管理员，以后可以再加',
    pin: '密码',
    pinHint: '4 到 8 个数字，不要用 1234 这样好猜的',
    pinAgain: '再输一次密码',
    pinsDiffer: '两次密码不一样',
    needsCommunity: '请填小区名字',
    establish: '建立小区',
    skip: '先跳过',
    backTo: {
      camera: '← 回到摄像头',
      gate: '← 回到道闸',
    },
    added: '已经加好：',
    changeAdded: '修改 {{name}}',
    stepOf: '第 {{step}} 步，共 {{all}} 步：',
    step: {
      camera: '添加一个摄像头',
      gate: '添加一个道闸',
      helpPoint: '添加一个求助按钮',
    },
    doneTitle: '设置好了',
    doneNext:
      '接下来请在“接班”里接班，这样就有人负责了。其他摄像头、值班的人和联系电话在“人员与设备”里加，谁哪天来在“排班”里排。',
    toRoom: '进入监控室',
  },
};
