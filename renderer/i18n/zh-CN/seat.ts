/** What stands on every screen. */
export const seat = {
  common: {
    pageTitle: '值守台', close: '关闭', cancel: '取消', back: '返回', save: '保存', edit: '修改', listComma: '、', somebody: '一位同事', theStation: '值守台',
    aDevice: '设备', notShown: '（不显示）',
  },
  time: { justNow: '刚刚', clock: '几点' },
  waiting: {
    useHere: '在这里使用',
    connecting: { title: '正在连接值守台', next: '通常只要几秒钟。如果一直停在这里，请看看值守台的电脑是否开着，然后重新打开它给出的网址。' },
    ok: { title: '正在读取', next: '马上就好。' },
    silent: { title: '值守台没有回应', next: '正在不断重试，恢复后会自己接上。请看看值守台的电脑是否开着。' },
    replaced: { title: '这个席位在另一个窗口打开了', next: '同一个席位只能在一个窗口使用，这样不会有两个人各做一半。' },
  },
  header: {
    clockStopped: '时钟停了，没有回应', responsible: '现在谁负责', onDuty: '值班', nobody: '无人值班', until: '到 {{time}}', overdue: '已过 {{time}}，还没人接班',
    next: '接班', nobodyNext: '还没有排人', nextAt: '{{name}} {{time}}', signIn: '登录', demo: '演示小区', largePrint: '大字', toLight: '浅色', toDark: '深色',
    station: { ok: '值守台正常', silent: '值守台没有回应', trouble: '值守台有故障', sounding: '警笛在响', noSounder: '值守台正常，没有警笛' },
  },
  banner: {
    silent: '值守台从 {{time}} 起没有回应。画面和状态可能已经过时；道闸暂时不能从这里操作。正在重试。',
    silentFromStart: '值守台没有回应，正在重试。请看看值守台的电脑是否开着。',
    storageFailed: '值班记录写不进去了：现在做的事情记不下来。请马上通知管理员检查磁盘。', storageLow: '磁盘快满了，请通知管理员清理。',
    journalBroken: '值班记录被改动过。请到值班记录页查看是哪一条，并通知管理员。', clockJumped: '这台电脑的时间被改过，请核对时间。',
    unreadable: '有些内容这个页面看不懂，可能值守台刚更新过。请刷新页面。', soundOff: '声音没有打开，有人求助时这里不会响。', soundOn: '打开声音',
  },
  nav: {
    label: '可以做的事', room: '画面', gate: '道闸', visitors: '访客登记', phoneList: '打电话', note: '记一笔', takeover: '接班', log: '值班记录', roster: '排班', people: '人员与设备', signIn: '登录',
  },
  why: { signIn: '请先登录', manager: '需要管理员来做', managerNamed: '请管理员{{names}}来做', responsible: '请当班的人或管理员来做' },
  room: {
    wall: '摄像头画面', empty: '还没有摄像头', addCamera: '添加摄像头', allMoving: '{{count}} 个画面都在动', someMoving: '{{all}} 个摄像头中有 {{moving}} 个画面在动', size: '同时看几个画面',
    tiles: '同时看 {{count}} 个画面', back: '回到全部画面', previous: '上一页', nextPage: '下一页', firstPage: '已经是第一页', lastPage: '已经是最后一页',
  },
  camera: {
    unknown: '未知的摄像头', called: '{{number}}号 {{name}}', number: '{{number}}号', connecting: '正在连接…',
    stalled: '画面从 {{time}} 起停住了（{{since}}），正在重试。', offline: '{{time}} 起没有画面（{{since}}），正在不断重试。',
    short: { stalled: '{{time}} 起停住', offline: '{{time}} 起没画面' },
    state: { live: '画面正常', connecting: '正在连接', stalled: '{{time}} 起停住', offline: '{{time}} 起没有画面' },
    fault: {
      unreachable: '可能是停电或网线松了。', refused: '摄像头拒绝了连接。', credentials: '用户名或密码不对，请管理员核对。', noSuchStream: '摄像头上没有这个画面的地址。',
      unsupported: '这种画面格式放不出来。', protocol: '摄像头的回答看不懂。', noFrames: '连上了，但没有送来画面。', closed: '摄像头断开了。', busy: '摄像头太忙，接不了更多连接。',
      link: '画面通道断开了。', decoder: '这台电脑放不出这个画面。',
    },
  },
  note: { title: '记一笔', label: '写下发生了什么', hint: '会记进值班记录，不能删除。', save: '记下', writeFirst: '请先写一点内容' },
  phoneList: {
    title: '打电话', lead: '从上往下打。每打一个，请点一下结果。', leadQuiet: '现在没有求助。需要时照这个名单打电话。', empty: '名单还是空的', emptyNext: '请管理员在“人员与设备”里添加联系人。',
    ambulance: '急救中心', outcomeOf: '给{{name}}打电话的结果',
  },
  outcome: { reached: '接通了', noAnswer: '没人接', busy: '占线', wrongNumber: '号码不对', onTheWay: '正赶过来' },
  help: { title: '键盘按键', lead: '不用鼠标也能做所有的事。输入文字时，单个字母键不起作用。', letterKeys: '使用单个字母键' },
  keys: {
    room: '回到画面', gate: '道闸', visitors: '访客登记', note: '记一笔', phoneList: '打电话', takeover: '接班', log: '值班记录', roster: '排班', people: '人员与设备', signIn: '登录、退出',
    take: '我来处理求助', acknowledge: '知道了', answer1: '选第一个回答', answer2: '选第二个回答', answer3: '选第三个回答', unsure: '我不确定', back: '回到上一个问题', readAloud: '读给我听',
    silence: '关掉警笛', quietHere: '这里先静音一分钟', largePrint: '大字', theme: '深色、浅色', language: '换语言', help: '看这些按键', enlarge: '放大选中的画面', escape: '关闭或回到画面', tab: '移到下一个按钮',
  },
};
