/** Alarms and incidents. */
export const alarms = {
  priority: { life: '求助', high: '紧急', medium: '注意', low: '提醒' },
  column: { label: '需要处理的事', title: '需要处理', nothing: '现在一切平静', nothingNext: '有事情时，会在这里一步一步告诉你怎么做。', moreBelow: '下面还有 ↓', since: '从 {{time}} 起', signInFirst: '请先登录，再处理。' },
  alarm: {
    somewhere: '小区里', resident: '住户', whose: '{{place}} {{resident}}', since: '{{time}} 开始', times: '已报 {{count}} 次', over: '已经恢复', known: '{{name}}已知道', acknowledge: '知道了', acknowledgeHint: '表示你看到了，会记进值班记录',
    goTo: { gate: '去看道闸', takeover: '去接班', log: '去看值班记录', room: '去看画面' },
    helpButton: { says: '{{whose}}按了求助按钮', means: '有人需要帮助。', next: '点“我来处理”，照着问题一步一步做。' },
    panelSilent: { says: '求助接收器 {{account}} 没有信号了', means: '这段时间有人按求助按钮，这里可能收不到。', next: '请检查接收器的电源和网线，并通知管理员。' },
    cameraLost: { says: '{{camera}} 没有画面', means: '那里现在看不到。正在不断重试，恢复后会自己接上。', next: '请派人去看看是不是停电或网线松了。' },
    cameraTamper: { says: '{{camera}} 可能被遮住或转动了', means: '画面可能不是原来的地方。', next: '请看一下画面，需要时派人过去。' },
    barrierUnconfirmed: { says: '{{barrier}} 没看到横杆到位', means: '命令发出了，但不知道横杆现在在哪里。', next: '请看画面，再点一下横杆在哪里。' },
    postUnstaffed: { says: '监控室没有人值班', means: '出了事没有人负责处理。', next: '请你接班，或者打电话叫人来。' },
    journalBroken: { says: '值班记录被改动过', means: '有记录和当时写下的不一样。', next: '请到值班记录页核对，并通知管理员。' },
    clockJumped: { says: '值守台电脑的时间被改过', means: '值班记录里的时间可能前后对不上。', next: '请核对电脑时间，并记一笔。' },
    diskLow: { says: '值守台的磁盘快满了', means: '再过一阵，值班记录可能写不进去。', next: '请通知管理员清理磁盘。' },
  },
  siren: { sounding: '警笛正在响。', silence: '关掉警笛', silenceHint: '事情还在；没人处理会再响', quietHere: '这里先静音一分钟' },
  incident: {
    claim: '我来处理', claimHint: '别人会看到是你在处理', mine: '由你处理', claimedBy: '{{name}}在处理', takeOver: '改由我处理', park: '先放一放', parkReason: '为什么先放一放', parkNeedsReason: '请先写原因',
    parkFor: '{{minutes}} 分钟后提醒', parked: '先放一放，{{time}} 再提醒。原因：{{reason}}', resume: '现在继续',
  },
  question: { progress: '第 {{done}} 个问题，大约共 {{all}} 个', back: '回上一个问题', readAloud: '读给我听' },
  escalation: {
    now: { siren: '没人处理，警笛已经响了。', sirenMute: '没人处理。这台电脑没有警笛，请大声叫人。', allSeats: '所有席位都在响。', phoneList: '还是没人处理，请照名单打电话。' },
    next: {
      waiting: '{{left}} 后没人处理，警笛会响（{{time}}）。', waitingMute: '{{time}} 还没人处理，请大声叫人：这台电脑没有警笛。', siren: '{{left}} 后还没人处理，关掉声音的席位也会再响（{{time}}）。', sirenMute: '{{left}} 后还没人处理，关掉声音的席位也会再响（{{time}}）。', allSeats: '{{left}} 后还没人处理，会亮出电话名单（{{time}}）。', phoneList: '',
      attended: '到 {{time}} 还没有新的进展，会重新开始呼叫。', ended: '',
    },
  },
  resolve: { question: '结果怎么样？', note: '要补充的话（可不填）', early: '不用再问了，直接结束' },
  resolution: { personSafe: '人没事', handedToAmbulance: '交给了救护车', handedToFamily: '交给了家人', falseAlarm: '误按', testAlarm: '试按' },
  procedure: {
    help: {
      reach: { question: '打电话或对讲，{{resident}}有回应吗？', hint: '{{place}}。先问一句：您好，需要帮忙吗？', answer: { answered: '有回应', noAnswer: '没有回应', unsure: '我不确定' } },
      needAmbulance: { question: '需要叫救护车吗？', hint: '胸痛、喘不上气、摔倒起不来、说不清话，都要叫。', answer: { yes: '需要', no: '不需要', unsure: '我不确定' } },
      call120: { question: '请拨 120。打通了吗？', hint: '告诉他们：{{place}}，谁不舒服，怎么不舒服，从哪个门进。', answer: { called: '打通了', cannot: '打不通', unsure: '我不确定' } },
      openGate: { question: '给救护车开门了吗？', hint: '可以在这里开，点两下。', answer: { opened: '已经开了', notNeeded: '不用开', unsure: '我不确定' } },
      sendSomebody: { question: '有人正赶去 {{place}} 吗？', hint: '照名单打电话，请离得近的人过去。', answer: { onTheWay: '有人去了', nobodyFree: '没有人能去', unsure: '我不确定' } },
      seen: { question: '有人亲眼看到{{resident}}了吗？', hint: '要有人站在旁边看到才算。', answer: { seenSafe: '看到了，人没事', seenNeedsCare: '看到了，需要救治', notYet: '还没看到', unsure: '我不确定' } },
      withPerson: { question: '现在谁陪着{{resident}}？', hint: '有人接手之前，请不要留下他一个人。', answer: { ambulance: '救护车的人', family: '家人', nobodyYet: '还没有人', unsure: '我不确定' } },
    },
  },
};
