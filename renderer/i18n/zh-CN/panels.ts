/** What help receivers and alarm panels report, and how they reach this computer. */
const lead = '点“我来处理”，照着问题一步一步做。';

/** Part of `alarm`. */
export const panelAlarms = {
  helpButton: { row: '{{whose}}', says: '{{whose}}按了求助按钮', means: '有人需要帮助。', next: lead },
  panicAlarm: { row: '{{whose}} 紧急求救', says: '{{whose}}发出紧急求救', means: '那里可能有人有危险。', next: lead },
  atRisk: {
    row: '{{whose}} 可能出事',
    says: '{{whose}}可能出事了',
    means: '那里很久没有动静，或者有人摔倒了。',
    next: lead,
  },
  fireAlarm: { row: '{{whose}} 火警', says: '{{whose}}报火警', means: '那里可能着火了。', next: lead },
  gasAlarm: {
    row: '{{whose}} 燃气',
    says: '{{whose}}报燃气或一氧化碳',
    means: '那里的空气可能会伤人，也可能爆燃。',
    next: lead,
  },
  waterAlarm: {
    says: '{{whose}}报漏水',
    means: '那里可能在漏水。',
    next: '请打电话问一问，或派人去看。',
  },
  burglaryAlarm: {
    says: '{{whose}}报有人闯入',
    means: '门窗或房间的探测器动了，可能有外人。',
    next: '请看画面、打电话问住户；真有外人就拨 110，不要一个人进去。',
  },
  panelAlarm: {
    says: '{{source}}：{{reported}}',
    means: '那里可能有人需要帮助。',
    next: '请打电话问一问，或派人去看，并通知管理员。',
  },
  unknownZone: {
    says: '{{source}}：{{reported}}，不知道是哪一家',
    means: '有人可能需要帮助。这个位置还没有登记，请按接收器上的名单去找。',
    next: lead,
  },
  panelUnreadable: {
    says: '{{source}}发来的内容读不懂',
    means: '里面可能有人求助。{{unreadable}}',
    next: '请马上问一问那里的人，并通知管理员检查接收器的设置。',
  },
  panelStranger: {
    says: '{{stranger}}',
    means: '从 {{account}} 发来，编号 {{accounts}}。这些求助到不了这里。',
    next: '请通知管理员：是自己的接收器，就核对编号；不是，就把它从网络上拔掉。',
  },
  panelSilent: {
    row: '求助接收器没有信号',
    says: '{{source}}没有信号了',
    means: '{{silentMeans}}',
    next: '{{silentNext}}',
  },
  receiverUnreachable: {
    row: '求助按钮传不到这里',
    says: '求助按钮现在传不到这台电脑',
    means: '{{unreachable}}',
    next: '请通知管理员：到“人员与设备”的“求助接入”里改好。这期间请多打电话、多走动。',
  },
  unknown: {
    says: '{{place}}有一件这个页面说不清的事',
    means: '值守台可能刚更新过，这个页面还不认识它。',
    next: '请刷新页面；还是看不懂，就打电话问管理员。',
  },
  panel: {
    ofPlace: '{{place}}的求助接收器',
    ofPlaces: '{{place}}等 {{count}} 处的求助接收器',
    ofAccount: '编号 {{account}} 的求助接收器',
    zone: '{{what}}（位置 {{zone}}）',
    more: '{{list}}等 {{count}} 次',
    reported: {
      help: '求助',
      panic: '紧急求救',
      atRisk: '可能出事',
      fire: '火警',
      gas: '燃气或一氧化碳',
      water: '漏水',
      burglary: '有人闯入',
      unclear: '看不出是哪一种警报',
    },
    unreadable: {
      encrypted: '它加了密，这里没有钥匙。',
      checksum: '它的校验码不对。',
      unreadable: '它的写法这里不认识。',
    },
    stranger: '没有登记的求助接收器在呼叫',
    guessing: '有设备在一个一个地试求助接收器的编号',
    silent: {
      means: '这段时间有人按求助按钮，这里可能收不到。',
      next: '请检查接收器的电源和网线，并通知管理员。',
      notReachedMeans: '接收器现在没有办法连到这台电脑，有人按求助按钮也收不到。',
      notReachedNext: '请通知管理员：到“人员与设备”的“求助接入”里设好接入地址。',
    },
    unreachable: {
      portTaken: '接入端口被别的程序占用了。',
      addressGone: '这台电脑没有设置里的那个网络地址了，可能网线松了或地址变了。',
      notPermitted: '系统不允许使用这个端口。',
      failed: '接入没有打开。',
    },
  },
  first: {
    fireAlarm: '先叫他们出来，派人去看。看到烟或火，马上拨 119。不要坐电梯。',
    gasAlarm: '叫他们开窗、出来；不要开关电灯，不要点火。拨 119。',
    panicAlarm: '可能有坏人在旁边：先看画面再打电话，拿不准就拨 110。',
  },
  flapping: '时好时坏，已 {{count}} 次',
  flappingSays: '{{says}}（时好时坏，已 {{count}} 次）',
};

/** Part of `log.cause`. */
export const panelCauses = {
  helpButton: '按了求助按钮',
  panicAlarm: '紧急求救',
  atRisk: '可能出事了',
  fireAlarm: '报火警',
  gasAlarm: '报燃气或一氧化碳',
  waterAlarm: '报漏水',
  burglaryAlarm: '报有人闯入',
  panelAlarm: '报警，看不出是哪一种，或不知道是哪里',
  unknownZone: '报警，不知道是哪一家',
  panelUnreadable: '发来的内容读不懂',
  panelStranger: '没有登记的求助接收器在呼叫',
  panelSilent: '没有信号',
  receiverUnreachable: '求助按钮传不到这台电脑',
};
