/** Gate and visitors. */
export const gate = {
  gate: {
    title: '道闸', aGate: '道闸', none: '还没有道闸', noneNext: '请管理员在“人员与设备”里添加。', open: '开闸', openHint: '下一步选原因', close: '关闸', closeAgain: '再点一次：关闸', closeHint: '先看横杆下面没有人和车',
    why: '为什么开？', otherReason: '写一下原因', needsReason: '请先写原因', openNow: '打开{{name}}', openForAmbulance: '给救护车打开{{name}}', tapAgain: '再点一次：打开{{name}}',
    whyOffline: '值守台没有回应，现在不能从这里操作', whyUnderWay: '上一个命令还在进行，请稍等',
    reason: { ambulance: '救护车', fire: '消防车', resident: '住户', visitor: '访客', delivery: '送货', other: '其他', afterPassage: '车已经过去' },
    position: { open: '横杆竖着：开着', closed: '横杆放下：关着', moving: '横杆正在动', unknown: '不知道横杆在哪里' },
    nobodySaw: '还没有谁看到过', seenBy: { sensor: '传感器看到的，{{since}}（{{time}}）', controller: '控制器报告的，{{since}}（{{time}}）', person: '{{name}}看到的，{{since}}（{{time}}）' },
    look: '请看{{camera}}：横杆在哪里？', iSeeOpen: '我看到是竖着的', iSeeClosed: '我看到是放下的',
    newest: { open: '{{name}}开闸，原因：{{reason}}', close: '{{name}}关闸' },
    stages: '命令进行到哪一步', stage: { sent: '命令已发出', accepted: '控制器收到', seen: { open: '看到抬起', close: '看到放下' } },
    trouble: {
      failed: '控制器没有接受命令，横杆没有动。请派人去手动操作。', expired: '命令太迟了，没有发出，横杆没有动。需要的话请再点一次。', unconfirmed: '控制器说收到了，但没看到横杆到位。请看画面。',
      outcomeUnknown: '命令做到一半断了，不知道横杆动没动。请看画面，再决定。',
    },
    fault: { unreachable: '控制器连不上。', timeout: '控制器没有回答。', credentials: '控制器的密码不对。', refused: '控制器拒绝了。', unsupported: '控制器不支持这个动作。', malformed: '控制器的回答看不懂。' },
  },
  visit: {
    title: '访客', register: '登记访客', kindLabel: '来做什么', kind: { family: '亲友', delivery: '送货', repair: '维修', care: '护理', other: '其他' },
    name: '姓名', visiting: '去哪一家', visitingHint: '例如 3-1-502', plate: '车牌', phone: '电话', mayBeEmpty: '可以不填', plateMeant: '是不是 {{plate}}？', plateUnusual: '不像车牌，请再看一遍；特殊车辆可以照样登记。', needsName: '请填姓名', needsPlace: '请填去哪一家', phoneWrong: '电话只能有数字、空格、加号和横线',
    save: '登记进入', saved: '{{name}}已登记。', inside: '在小区里', gone: '已经离开', nobodyInside: '现在没有访客', nobodyInsideNext: '登记的访客会列在这里，离开时点一下。',
    to: '去 {{place}}', arrived: '{{time}} 进入（{{since}}），{{name}}登记', stayed: '{{from}} 进入，{{to}} 离开', left: '离开了', forgotten: '（已删除）', forget: '删除个人信息', forgetAgain: '再点一次：永远删除', forgetHint: '姓名、电话、车牌，不能恢复',
  },
};
