import type { SameKeys } from '../kernel/catalogue.ts';
import type { en } from './en.ts';

export const zhCN: SameKeys<typeof en> = {
  banner: {
    lent: '值班的还是{{holder}}；这个席位现在是{{me}}登录着。',
    giveBack: '换{{holder}}登录',
    leave: '看完了，还给{{holder}}',
  },
  nav: {
    signIn: '登录、换人',
  },
  signIn: {
    title: '登录',
    lead: '点你的名字，再输入密码。',
    hello: '{{name}}，请输入密码',
    demoPin: '这是演示小区，每个人的密码都是 2580。',
    pin: '密码',
    enter: '登录',
    notMe: '不是我',
    pinShort: '密码是 4 到 8 个数字',
    clear: '清空',
    erase: '删一个数字',
    youAre: '你是',
    dutyStays: '现在值班的是{{holder}}。登录不等于接班，责任还在{{holder}}。',
    out: '退出登录',
    outHint: '值班责任不会变，要由接班的人接过去',
    nobody: '名单还是空的',
    nobodyNext: '正在读取，请稍等。',
    lost: '管理员忘了密码',
  },
  changePin: {
    title: '改我的密码',
    lead: '只改你自己的。别人不会知道新密码。',
    old: '现在的密码',
    needsOld: '请输入现在的密码',
    done: '新密码已经生效。下次登录请用新密码。',
  },
  recover: {
    title: '用恢复码设新密码',
    lead: '只有管理员有恢复码，设置时抄在纸上。其他人忘了密码，请管理员改。',
    code: '恢复码',
    newPin: '新密码',
    needsCode: '请输入恢复码',
    needsPin: '新密码要 4 到 8 个数字',
    set: '设新密码',
  },
  recoveryCode: {
    title: '请抄下恢复码',
    means: '只显示这一次。忘了密码时，只能靠它重新进入。请抄在纸上，放在安全的地方。',
    written: '我已经抄在纸上',
    on: '继续',
    first: '请先抄下来并勾选',
  },
};
