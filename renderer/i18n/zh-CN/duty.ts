/** Setting up, signing in, taking over, roster, people and devices. */
export const duty = {
  role: { volunteer: '志愿者', guard: '保安', manager: '管理员' },
  roleMeans: { volunteer: '在监控室值守', guard: '在门岗值守', manager: '还能改设置、看别人的记录' },
  signIn: {
    title: '登录', lead: '点你的名字，再输入密码。', hello: '{{name}}，请输入密码', demoPin: '这是演示小区，每个人的密码都是 2580。', pin: '密码', enter: '登录', notMe: '不是我', pinShort: '密码是 4 到 8 个数字', clear: '清空', erase: '删一个数字', youAre: '你是', out: '退出登录',
    outHint: '值班责任不会变，要由接班的人接过去', nobody: '名单还是空的', nobodyNext: '正在读取，请稍等。', lost: '管理员忘了密码',
  },
  recover: { title: '用恢复码设新密码', lead: '只有管理员有恢复码，设置时抄在纸上。其他人忘了密码，请管理员改。', code: '恢复码', newPin: '新密码', needsCode: '请输入恢复码', needsPin: '新密码要 4 到 8 个数字', set: '设新密码' },
  recoveryCode: { title: '请抄下恢复码', means: '只显示这一次。忘了密码时，只能靠它重新进入。请抄在纸上，放在安全的地方。', written: '我已经抄在纸上', on: '继续', first: '请先抄下来并勾选' },
  setup: {
    title: '欢迎使用值守台', lead: '这里还什么都没有。你想先看看，还是直接设置自己的小区？', demoTitle: '先看演示小区', demoMeans: '一个假的小区：画面会动，求助按钮能按，道闸能开。可以放心试。', demoMark: '屏幕上会一直写着“演示小区”。', demoStart: '打开演示小区',
    demoStarting: '正在准备演示小区…', ownTitle: '设置自己的小区', ownMeans: '起名字，设第一位管理员，再接上摄像头、道闸和求助按钮。', ownNeeds: '大约五分钟。每一步都可以先跳过。', ownStart: '开始设置',
    community: '小区名字', communityHint: '会显示在屏幕最上面', manager: '管理员姓名', managerHint: '第一位管理员，以后可以再加', pin: '密码', pinHint: '4 到 8 个数字，不要用 1234 这样好猜的', pinAgain: '再输一次密码', pinsDiffer: '两次密码不一样',
    needsCommunity: '请填小区名字', establish: '建立小区', skip: '先跳过', stepOf: '第 {{step}} 步，共 {{all}} 步：', step: { camera: '添加一个摄像头', gate: '添加一个道闸', helpPoint: '添加一个求助按钮' },
    doneTitle: '设置好了', doneNext: '接下来请在“接班”里接班，这样就有人负责了。', toRoom: '进入监控室',
  },
  takeover: {
    title: '接班', lead: '接班的人看过每一件没办完的事、点了接班，责任才转过去。', who: '谁交给谁', from: '交班', to: '接班', nobodyMeans: '现在没有人负责', since: '{{from}} 到 {{to}}', notBegun: '还没有人来接', begunAt: '{{time}} 开始接班',
    youAreOn: '你正在值班。接班的人要在自己的名字下登录，再来这里接班。', nobodyYet: '现在没有人值班，你可以马上接班。', begin: '接班前，先看一遍没办完的事。', beginButton: '我来接班', whyYou: '你正在值班，要由别人来接',
    noPost: '还不能接班', noPostNext: '值守台还没有准备好，请稍等。', nothingOpen: '没有没办完的事', nothingOpenNext: '看一眼画面，没问题就可以接班。', look: '有 {{count}} 件事没办完，请一件一件看',
    iHaveSeen: '我看过了', seen: '✓ 看过了', lookFirst: '还有 {{left}} 件没看', untilThen: '接班后，你负责到 {{time}}。', accept: '接班，由我负责', acceptHint: '从这一刻起由你负责', withdraw: '先不接', withdrawHint: '责任还在交班的人那里',
    other: '{{incoming}}正在接班。接过去之前，还是{{outgoing}}负责。', helpAt: '{{place}} 的求助', closedSince: '这件事已经办完了',
    work: { open: '{{time}} 开始，还没有人处理', claimed: '{{name}}在处理', inProgress: '{{name}}在处理', parked: '先放着，等会儿再提醒', resolved: '已经结束', reviewed: '已经结束' },
  },
  roster: {
    title: '排班', lead: '谁、从什么时候、到什么时候。空着的时间标了三角。', add: '排一个班', who: '谁', from: '从', to: '到', actions: '修改', gap: '没有人', andOn: '往后都没有', now: '正在班上', responsible: '负责', empty: '还没有排班',
    emptyNext: '排了班，大家就知道下一个是谁，到点会提醒。', remove: '去掉', removeAgain: '再点一次：去掉', needsPerson: '请选一个人', needsTimes: '结束要晚于开始',
  },
  people: {
    title: '人员与设备', lead: '大家都能看，管理员能改。', which: '看哪一类', kind: { people: '人员', contacts: '联系电话', cameras: '摄像头', barriers: '道闸', helpPoints: '求助按钮' },
    add: { people: '添加人员', contacts: '添加联系人', cameras: '添加摄像头', barriers: '添加道闸', helpPoints: '添加求助按钮' },
    none: { people: '还没有人员', contacts: '还没有联系人', cameras: '还没有摄像头', barriers: '还没有道闸', helpPoints: '还没有求助按钮' }, noneNext: '管理员可以点右上角添加。',
    addPerson: '添加人员', changePerson: '修改人员', name: '姓名', pin: '密码', pinKeep: '不填就不变', role: '做什么', active: '还在这里工作吗', activeIs: { yes: '在', no: '已经离开' }, left: '已经离开', needsName: '请填姓名', needsPin: '请设一个密码', editOne: '修改{{name}}',
  },
  contact: { add: '添加联系人', change: '修改联系人', name: '姓名', nameHint: '例如 巡逻队、3 栋楼长', rank: '第几个打', rankHint: '数字小的先打', rankWrong: '请填 1 到 99' },
  finder: { look: '在网络里找摄像头', looking: '正在找…', hint: '大约四秒钟', none: '没有找到', noneNext: '请看摄像头是否通电、在同一个网络里，或者直接填地址。' },
  device: {
    addCamera: '添加摄像头', changeCamera: '修改摄像头', addGate: '添加道闸', changeGate: '修改道闸', addHelpPoint: '添加求助按钮', changeHelpPoint: '修改求助按钮',
    name: '名字', nameHint: '大家怎么叫它，例如 北门', place: '在哪里', placeHint: '例如 3 栋 1 单元门口', onvifAddress: '设备地址（可不填）', addressHint: '填了才能用它的报警和继电器', mainUrl: '大画面的地址', mainUrlHint: '放大时用', subUrl: '小画面的地址（可不填）', subUrlHint: '很多画面一起看时用，更省',
    username: '用户名（可不填）', password: '密码（可不填）', passwordKeep: '不填就不变', ask: '向摄像头要画面地址', askHint: '自动填好下面两项', askWhy: '请先填设备地址',
    needsName: '请填名字', needsPlace: '请填在哪里', needsStream: '请填大画面的地址', subWrong: '小画面的地址不对', addressWrong: '设备地址不对', needsCamera: '请先添加一个填了设备地址的摄像头', needsRelays: '请填两个继电器',
    gateName: '道闸名字', gateCamera: '看得到它的摄像头', gateCameraHint: '横杆由这个摄像头的继电器控制', openRelay: '抬起的继电器', closeRelay: '放下的继电器', openInput: '抬到位的输入（可不填）', closedInput: '放到位的输入（可不填）', inputHint: '接了限位开关才填', travel: '抬起要几秒', travelHint: '一般 3 秒', travelWrong: '请填 0.5 到 60 秒',
    helpPlace: '在哪一家', helpPlaceHint: '例如 3-1-502', resident: '住户怎么称呼', account: '接收器编号', accountHint: '接收器上设的账号，3 到 16 位', accountWrong: '编号是 3 到 16 位数字或字母', zone: '按钮编号', zoneHint: '接收器上的防区号', zoneWrong: '按钮编号是 1 到 6 位', supervision: '几分钟没有动静就提醒', supervisionHint: '要比接收器的定时报到长一些', supervisionWrong: '请填 1 分钟到一天', showCameras: '有人按时，打开这些画面',
  },
};
