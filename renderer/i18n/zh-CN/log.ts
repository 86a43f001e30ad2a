/** The log: its sentences, its seal. */
export const log = {
  log: {
    title: '值班记录', filter: '看哪一部分', group: { all: '全部', alarms: '求助与提醒', gate: '道闸', visitors: '访客', duty: '值班', cameras: '摄像头', setup: '设置' },
    shift: '哪一班', allShifts: '所有的班', thisShift: '这一班', shiftNumber: '第 {{number}} 班', when: '什么时候', anyTime: '所有时间', last: { 1: '最近一小时', 8: '最近八小时', 24: '最近一天', 168: '最近七天' }, export: '导出表格', exportHint: '导出会记进值班记录', exported: '导出了 {{count}} 条记录', fileName: '值班记录',
    columnSeq: '编号', columnTime: '时间', columnWho: '谁', columnWhat: '发生了什么', columnNotes: '管理员备注', empty: '没有符合的记录', emptyNext: '换一个时间或种类看看。', older: '看更早的', line: '第 {{seq}} 条',
    addNote: '加备注', noteLabel: '管理员备注', noteBy: '{{name}} {{time}} 备注：', something: '一台设备', aVisitor: '一位访客', other: '值守台记了一条内部记录。',
    motion: { open: '开闸', close: '关闸' }, source: { sensor: '传感器', controller: '控制器', person: '有人' },
    cause: { helpButton: '按了求助按钮', panelSilent: '求助接收器没有动静', cameraLost: '没有画面', cameraTamper: '画面可能被遮住', barrierUnconfirmed: '没看到横杆到位', postUnstaffed: '没有人值班', journalBroken: '值班记录被改动过', clockJumped: '电脑时间被改过', diskLow: '磁盘快满了' },
    cameraState: { live: '画面恢复正常', connecting: '正在连接', stalled: '画面停住了', offline: '没有画面了' },
    level: { waiting: '重新开始呼叫', siren: '警笛响了', allSeats: '呼叫所有席位', phoneList: '亮出电话名单', attended: '有人在处理', ended: '结束' },
    step: { reach: '有回应吗', needAmbulance: '要叫救护车吗', call120: '打 120', openGate: '给救护车开门', sendSomebody: '有人赶去吗', seen: '亲眼看到人了吗', withPerson: '谁陪着' },
    says: {
      AlarmRaised: '提醒：{{what}}，{{cause}}。', AlarmRepeated: '又一次：{{what}}，{{cause}}。', AlarmAcknowledged: '{{who}}知道了：{{what}}，{{cause}}。', AlarmClosedByIncident: '求助处理完，提醒结束：{{what}}。', AlarmCleared: '已恢复：{{what}}，{{cause}}。', AlarmSounded: '没人处理，警笛响了：{{what}}，{{cause}}。',
      IncidentOpened: '收到求助：{{what}}。', IncidentClaimed: '{{who}}来处理求助：{{what}}。', StepAnswered: '{{who}}回答“{{question}}”：{{answer}}。', StepReopened: '{{who}}回到问题“{{question}}”。', IncidentParked: '{{who}}先放一放，{{until}} 再提醒。', IncidentResumed: '{{who}}继续处理：{{what}}。',
      CallRecorded: '{{who}}给{{what}}打电话：{{outcome}}。', IncidentResolved: '{{who}}结束了求助（{{what}}）：{{resolution}}。', IncidentReviewed: '{{who}}看过了这次求助：{{what}}。', IncidentPressedAgain: '{{what}} 又按了一次求助按钮。', IncidentEscalated: '没人处理，{{level}}：{{what}}。',
      BarrierInstalled: '装好了道闸：{{what}}。', BarrierCommanded: '{{who}}要{{what}}{{motion}}，原因：{{reason}}。', BarrierMotionSent: '{{what}}：{{motion}}命令已发出。', BarrierMotionAccepted: '{{what}}：控制器收到{{motion}}命令。', BarrierMotionExpired: '{{what}}：{{motion}}命令太迟，没有发出。', BarrierPositionConfirmed: '{{who}}看到{{what}}：{{position}}。', BarrierPositionReported: '{{source}}看到{{what}}：{{position}}。',
      BarrierMotionConfirmed: '{{what}}：看到{{motion}}到位。', BarrierMotionFailed: '{{what}}：控制器没有接受{{motion}}命令。', BarrierMotionUnconfirmed: '{{what}}：没看到横杆到位。', BarrierOutcomeUnknown: '{{what}}：不知道横杆动没动。', BarrierOpened: '{{what}}：看到横杆抬起。', BarrierClosed: '{{what}}：看到横杆放下。',
      CameraInstalled: '装好了摄像头：{{what}}。', CameraConnectionChanged: '{{what}}：{{state}}。', CameraLost: '{{what}}：一直没有画面。',
      PostEstablished: '监控室开始值守。', TakeoverBegun: '{{incoming}}开始接班，有 {{items}} 件事没办完。', ShiftTakenOver: '{{incoming}}接班，负责到 {{until}}。', TakeoverWithdrawn: '{{who}}先不接班。', ShiftEndChanged: '{{incoming}}改为值到 {{until}}。', PostUnstaffedAlarmed: '一直没有人值班，已经提醒。', ShiftOverdue: '到点了，还没有人接班。',
      VisitorRegistered: '{{who}}登记访客：{{visitor}}（{{kind}}）{{visiting}}。', VisitorLeft: '访客离开：{{visitor}}。', VisitorForgotten: '一位访客的个人信息已删除。',
      CommunityEstablished: '建立了小区。', PersonAdded: '添加了人员：{{what}}。', PersonChanged: '修改了人员：{{what}}。', CameraAdded: '添加了摄像头：{{what}}。', CameraChanged: '修改了摄像头：{{what}}。', BarrierAdded: '添加了道闸：{{what}}。', BarrierChanged: '修改了道闸：{{what}}。',
      HelpPointAdded: '添加了求助按钮：{{what}}。', HelpPointChanged: '修改了求助按钮：{{what}}。', ContactAdded: '添加了联系人：{{what}}。', ContactChanged: '修改了联系人：{{what}}。', RosterEntrySet: '排班：{{planned}}，{{from}} 到 {{to}}。', RosterEntryRemoved: '去掉排班：{{planned}}，{{from}}。',
      NoteAdded: '{{who}}记：{{text}}', ManagerNoteAdded: '{{who}}给第 {{seq}} 条加了备注。', SirenSilenced: '{{who}}关掉了警笛。', ClockJumped: '值守台电脑的时间被改过。', SessionsEnded: '{{what}}要重新登录。', StationStarted: '值守台启动了。', FingerprintKeyMade: '值守台做好了内部准备。', PanelReported: '求助接收器报到：{{account}}。', SignInFailed: '{{what}}登录没有成功，密码不对。', PinRecovered: '{{what}}用恢复码设了新密码。', HandoverDue: '快到换班时间了。', ShiftOverdueAlarmed: '到点很久了还没有人接班，已经提醒。', SignedIn: '{{who}}登录了。', SignedOut: '{{who}}退出了登录。',
    },
  },
  seal: {
    verified: '值班记录完整，没有被改动', broken: '值班记录被改动过', notVerified: '还没有核对', means: '点“核对”，从第一条查到最后一条。', checkedAt: '{{time}} 核对过', verify: '核对', verifying: '正在核对…',
    problem: { edited: '第 {{seq}} 条的内容被改过。请通知管理员。', missing: '第 {{seq}} 条不见了。请通知管理员。', inserted: '第 {{seq}} 条是后来塞进去的。请通知管理员。', cutTail: '第 {{seq}} 条之后的记录被删掉了。请通知管理员。', rewritten: '从第 {{seq}} 条起被整个重写过。请通知管理员。', headUnsigned: '封条不见了或不对，无法证明记录完整。请通知管理员。', unreadable: '第 {{seq}} 条读不出来，磁盘可能坏了。请通知管理员。' },
  },
  review: { title: '等管理员看的求助', note: '你的看法', done: '看过了' },
};
