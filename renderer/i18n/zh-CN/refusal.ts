/** What the station refuses: what happened, what it means, what to do next. */
export const refusal = {
  refusal: {
    unknown: '没有办成，值守台没有说明原因。什么都没有改变。请再试一次；还不行就记一笔。', disconnected: '值守台没有回应，这一步没有做。等屏幕上方恢复正常后再试。', motionUnknown: '发出命令时断线了，不知道横杆动没动。请先看画面。', tooOld: '这是一个多星期前要做的，没有执行。请先看看现在的情况，需要的话再做一次。', expired: '命令到得太迟，没有执行，横杆没有动。需要的话请再点一次。',
    notSignedIn: '你还没有登录，这一步没有做。请先登录。', notAllowed: '这件事要由管理员来做。请找管理员。', notResponsible: '这件事要由当班的人或管理员来做。', needsPerson: '这一步要由人来做。请先登录。', notFound: '这样东西已经不在了，可能刚被改过。请看看最新的内容。', invalid: '有一项填得不对，没有保存。请检查后再试。', busy: '上一个命令还在进行。请稍等几秒再点。',
    wrongPin: '密码不对。请再试一次。', tooManyAttempts: '错得太多次了，请等一会儿再试。', locked: '错得太多次了，请等一会儿再试。', wrongCode: '恢复码不对。请照纸上的再输一次。', notEmpty: '这里已经有小区了，不能再建立。', storageFailed: '值班记录写不进去，所以没有做。请通知管理员检查磁盘。', inactive: '这个人已经不在名单上，不能登录。', tooLate: '来得太迟，没有做。请再点一次。',
    alreadyClaimed: '已经有人在处理了。要换人，请先和对方说一声。', alreadyExists: '已经有一个同样的了。', alreadyLeft: '这位访客已经登记离开了。', alreadyParked: '已经先放着了，到时间会提醒。', alreadyResolved: '这件事已经结束了。', alreadyResponsible: '你已经在值班了。', alreadyForgotten: '个人信息已经删除了。', armMoving: '横杆正在动。请等它停下再操作。', ended: '这件事已经结束，不能再改。',
    itemsNotSeen: '还有没看过的事。请一件一件看完再接班。', keepOutOfRange: '保存的时间不对。请检查。', nameEmpty: '名字是空的。请填上。', nameTooLong: '名字太长了。最多 40 个字。', nameUnreadable: '名字里有看不见的符号。请重新输入。', noHandover: '现在没有人在接班。', notClaimed: '还没有人处理。请先点“我来处理”。', notCurrentStep: '这个问题刚刚有人回答了。请看现在的问题。',
    notIncoming: '现在是别人在接班。', notParked: '这件事没有放着，可以直接继续。', notResolved: '这件事还没有结束。', onlyClosingLeft: '只差最后一步了，请直接结束。', parkEndsInThePast: '提醒的时间已经过了。请重新选。', parkTooLong: '最多只能放 60 分钟。', pinFormat: '密码要 4 到 8 个数字。', pinTrivial: '这个密码太好猜。请换一个，不要用 1234 或 0000。', reasonMissing: '请写原因。',
    rosterOverlap: '这段时间已经排了别人。请改时间。', rosterSpan: '一个班最长 16 小时，结束要晚于开始。', shiftEndInvalid: '结束的时间不对。请检查排班。', stepNotAnswered: '这个问题还没有回答过。', stepsOpen: '还有必须回答的问题，不能结束。请先回答。', resolutionDoesNotFit: '这个结果和前面的回答对不上。请选别的结果，或回到上一个问题。', travelTimeOutOfRange: '抬杆时间要在 0.5 到 60 秒之间。', unknownAnswer: '没有这个回答。请重新选。', unstaffed: '现在没有人值班。请先接班。',
    cameraHasNoRelays: '这个摄像头没有填设备地址，控制不了横杆。请先改摄像头。', sirenSilent: '警笛没有在响，不用关。', zoneTaken: '这个编号已经给了别的求助按钮。请换一个。', plateLength: '车牌是 7 个或 8 个字。请再看一遍。', plateProvince: '车牌第一个字不是省份。请再看一遍。', plateCharacters: '车牌里有不会用的字。请再看一遍。', noIncident: '这里没有要处理的求助。', lastManager: '这是最后一位管理员，不能取消。请先加一位管理员。', demoOnly: '只有空的文件夹才能打开演示小区。', unreachable: '设备连不上。请看是否通电、地址对不对。', timeout: '设备没有回答。请看是否通电，再试一次。', credentials: '设备的用户名或密码不对。请核对。', unsupported: '设备不支持这个功能。', refused: '设备拒绝了。请核对它的设置。', malformed: '收到的内容看不懂，所以没有办成。请检查填的内容和设备地址。', failed: '没有办成。请再试一次。',
  },
};
