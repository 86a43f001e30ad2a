import { monitoringRoom, postId } from '../../domain/posts/post.ts';
import { describe, expect, it } from 'vitest';
import type { LogEntryView, LogLabel } from '../../contract/log/log.views.ts';
import { folded, isLate, numbersOf, roundsOf } from '../../../renderer/features/log/log-fold.rules.ts';
import { createTexts } from '../texts.ts';
import { createLanguage } from '../words.ts';
import { toCsv } from './csv.ts';
import { logSentence } from './log-sentence.ts';
import { logTableHead, logTableName, logTableRow } from './log-table.ts';

const people: Readonly<Record<string, string>> = { wu: '吴大叔', li: '李阿姨', zhang: '张建国', chen: '陈老师' };
/** 25 November 2026, 16:00:00 in Shanghai. */
const AT = Date.UTC(2026, 10, 25, 8);

const texts = createTexts('zh-CN');
const languageOf = (lang: 'zh-CN' | 'en') => createLanguage(texts, lang, 'Asia/Shanghai');

const label = (kind: string, known: Partial<LogLabel>): LogLabel => ({
  kind,
  name: null,
  place: null,
  number: null,
  count: null,
  ...known,
});
const things: Readonly<Record<string, LogLabel>> = {
  hp502: label('helpPoint', { name: '3-1-502', place: '3-1-502' }),
  '4F39': label('receiver', { name: '4F39', place: '3-1-502', count: 1 }),
  '7777': label('receiver', { name: '7777', count: 0 }),
  chen: label('person', { name: '陈老师' }),
};

/** The labels that the station gives such a line. */
const withLabels = (entry: LogEntryView): LogEntryView => {
  const what = things[String(entry.body['sourceId'] ?? entry.body['account'] ?? entry.entityId)];
  const fields = Object.entries({ actor: entry.actor, ...entry.body }).flatMap(([field, id]) => {
    const name = people[String(id)];
    return name === undefined ? [] : [[field, label('person', { name })] as const];
  });
  return {
    ...entry,
    labels: { ...(what === undefined ? {} : { what }), ...Object.fromEntries(fields), ...entry.labels },
  };
};

const line = (seq: number, type: string, change: Partial<LogEntryView> = {}): LogEntryView => ({
  seq,
  type: `v1.${type}`,
  kind: 'incident',
  entityId: 'i1',
  at: AT,
  recordedAt: AT,
  actor: 'station',
  seat: null,

  postId: monitoringRoom,
  shiftNumber: 1,
  body: {},
  labels: {},
  managerNotes: [],
  ...change,
});

const says = (entry: LogEntryView, lang: 'zh-CN' | 'en' = 'zh-CN'): string =>
  logSentence(withLabels(entry), languageOf(lang));

const inAnotherCall = (entry: LogEntryView): LogEntryView => ({ ...entry, entityId: 'call-2' });
const withRemark = (entry: LogEntryView): LogEntryView => ({
  ...entry,
  managerNotes: [{ at: 1, by: 'm', name: null, text: 'x' }],
});

describe('a line of the log', () => {
  it('says who was called, as that contact was named then, and not who lives there', () => {
    const body = { contactId: 'c1', contactName: '赵队长', outcome: 'onTheWay', by: 'wu', sourceId: 'hp502' };
    expect(says(line(1, 'CallRecorded', { body }))).toBe('吴大叔给赵队长打电话：正赶过来。');
    expect(says(line(1, 'CallRecorded', { body }), 'en')).toContain('called 赵队长');
    const forgotten = says(line(1, 'CallRecorded', { body: { ...body, contactName: null } }));
    expect(forgotten).not.toMatch(/赵队长|3-1-502/);
  });

  it('says that a siren sounded only of the fact that one did', () => {
    const about = { sourceId: 'hp502', cause: 'helpButton' };
    expect(says(line(1, 'SirenSounded', { body: about }))).toBe('3-1-502 按了求助按钮，警笛响了。');
    expect(says(line(1, 'SirenUnheard', { body: { ...about, sounder: 'missing' } }))).toBe(
      '3-1-502 按了求助按钮，该响警笛，可是这台电脑没有警笛。',
    );
    const due = [
      line(1, 'IncidentEscalated', { body: { level: 'siren', claimedBy: null, sourceId: 'hp502' } }),
      line(1, 'AlarmSounded', { body: { cause: 'cameraTamper', sourceId: 'x' } }),
      line(1, 'SirenUnheard', { body: { ...about, sounder: 'failed' } }),
    ];
    for (const entry of due) {
      expect(says(entry)).not.toContain('警笛响了');
      expect(says(entry, 'en')).not.toMatch(/siren sound/);
    }
  });

  it('says "nobody" only of a call that nobody took, and else whose it was', () => {
    const levels = ['waiting', 'siren', 'allSeats', 'phoneList'] as const;
    for (const level of levels) {
      const untaken = line(1, 'IncidentEscalated', { body: { level, claimedBy: null, sourceId: 'hp502' } });
      const taken = line(1, 'IncidentEscalated', { body: { level, claimedBy: 'wu', sourceId: 'hp502' } });
      expect(says(untaken)).toMatch(/^没人接手，.+：3-1-502。$/);
      expect(says(taken)).toMatch(/^吴大叔接手后没有新的进展，.+：3-1-502。$/);
      expect(says(untaken, 'en')).toMatch(/^Nobody took it/);
      expect(says(taken, 'en')).not.toMatch(/[Nn]obody/);
    }
    const back = line(1, 'IncidentEscalated', { body: { level: 'attended', claimedBy: 'wu', sourceId: 'hp502' } });
    expect(says(back)).toBe('吴大叔放一放的时间到了：3-1-502。');
  });

  it('says why the station started, where it was not by an ordinary start', () => {
    const started = (again: string | null, language: 'zh-CN' | 'en' = 'zh-CN') =>
      says(line(1, 'StationStarted', { kind: 'station', body: { version: '1', again } }), language);
    expect(started(null)).toBe('值守台启动了。');
    expect(started('noAnswer')).toBe('值守台启动了（之前没有回应，自动重新启动）。');
    expect(started('ended', 'en')).toBe('The station started again by itself; it had stopped unexpectedly.');
  });

  it('names no device where none is behind it', () => {
    for (const cause of ['postUnstaffed', 'journalBroken', 'clockJumped', 'diskLow', 'pinGuessing']) {
      const raised = says(line(1, 'AlarmRaised', { kind: 'alarm', body: { cause, sourceId: 'monitoringRoom' } }));
      expect(raised).not.toContain('一台设备');
      expect(raised).toMatch(/^提醒：[^，]+。$/);
    }
    const unknown = says(line(1, 'AlarmRaised', { kind: 'alarm', body: { cause: 'helpButton', sourceId: '4F39/9' } }));
    expect(unknown).toBe('提醒：有人按了没有登记的求助按钮。');
  });

  it('says why a call calls again, and not that nobody acted where somebody asked for help', () => {
    const body = { sourceId: 'hp502', level: 'allSeats', claimedBy: 'wu' };
    const of = (why: string): string => says(line(1, 'IncidentEscalated', { body: { ...body, why } }));
    expect(of('askedForHelp')).toBe('吴大叔要人帮忙，叫所有席位：3-1-502。');
    expect(of('parkOver')).toContain('放一放的时间到了');
    expect(of('left')).toContain('吴大叔接手后没有新的进展');
    expect(says(line(1, 'IncidentPassedOn', { body: { sourceId: 'hp502', by: 'wu', from: 'li' } }))).toMatch(
      /3-1-502.*交给了吴大叔/,
    );
  });

  it('calls a receiver by its places, and by its number only where there is none', () => {
    const body = { cause: 'panelSilent', sourceId: '7777' };
    expect(says(line(1, 'AlarmRaised', { kind: 'alarm', body }))).toBe('提醒：编号 7777 的求助接收器没有信号。');
    const known = { cause: 'unknownZone', sourceId: '4F39' };
    expect(says(line(1, 'AlarmRaised', { kind: 'alarm', body: known }))).toMatch(/^提醒：3-1-.*的求助接收器报警/);
    const closing = { account: '4F39', meaning: 'arming', restored: false };
    expect(says(line(1, 'PanelReported', { kind: 'station', body: closing }))).toMatch(/有人布防或撤防。$/);
  });

  it('says where the arm was seen in one sentence, and of nothing seen that it was not', () => {
    const seen = (type: string, position: string, lang: 'zh-CN' | 'en' = 'zh-CN'): string =>
      says(
        line(1, type, { kind: 'barrier', actor: 'wu', body: { name: '北门', position, by: 'wu', source: 'sensor' } }),
        lang,
      );
    expect(seen('BarrierPositionConfirmed', 'open')).toBe('吴大叔看到北门的横杆竖着。');
    expect(seen('BarrierPositionReported', 'closed')).toBe('传感器看到北门的横杆放着。');
    expect(seen('BarrierPositionReported', 'unknown')).toBe('传感器说不出北门的横杆在哪里。');
    expect(seen('BarrierPositionReported', 'closed', 'en')).toBe('The sensor saw the arm of 北门 down.');
  });

  it('says of a gate that was left open who had opened it, or that it was not opened from here', () => {
    const body = { position: 'open', by: 'wu', reason: 'ambulance' };
    expect(says(line(1, 'BarrierLeftOpen', { kind: 'barrier', body }))).toContain('吴大叔开的，原因：救护车');
    const outside = { position: 'open', by: null, reason: null };
    expect(says(line(1, 'BarrierLeftOpen', { kind: 'barrier', body: outside }))).toContain('不是从值守台开的');
  });
});

describe('a line that something is well again', () => {
  const camera = (state: string, hadPicture: boolean, lang: 'zh-CN' | 'en' = 'zh-CN'): string =>
    says(
      line(1, 'CameraConnectionChanged', {
        kind: 'camera',
        entityId: 'c16',
        body: { state, hadPicture, name: '垃圾站' },
      }),
      lang,
    );

  it('is told of a camera only once it had a picture: the first one is no recovery, and what never came is not gone', () => {
    expect(camera('live', false)).toBe('垃圾站：有画面了。');
    expect(camera('live', false, 'en')).not.toMatch(/back|again/);
    expect(camera('offline', false)).toBe('垃圾站：连不上，还没有画面。');
    expect(camera('live', true)).toBe('垃圾站：画面恢复正常。');
    expect(camera('connecting', true)).toBe('垃圾站：画面断了，正在重新连接。');
  });

  it('claims no recovery where an alarm is only over: by hand, by itself, or with what it was about', () => {
    const over = (cause: string, incidentId: string | null = null): string =>
      says(line(1, 'AlarmCleared', { kind: 'alarm', body: { cause, sourceId: 'hp502', incidentId } }));
    for (const cause of Object.keys(texts.t('log.cause', { returnObjects: true })))
      expect(over(cause), cause).not.toMatch(/恢复|正常/);
    expect(over('clockJumped')).toBe('已经过去：电脑时间被改过。');
    expect(over('rosterGap')).toBe('没有排人的那段时间补上了，或者过去了。');
    expect(over('helpButton', 'i1')).toBe('接收器报告已经复位：3-1-502 按了求助按钮。');
  });

  it('is the receiver’s own word where nobody may have been told of anything', () => {
    const body = { account: '4F39', meaning: 'trouble', restored: true };
    expect(says(line(1, 'PanelReported', { kind: 'station', body }))).toMatch(/求助接收器：报告“故障”已恢复。$/);
    const fire = { ...body, meaning: 'fire' };
    expect(says(line(1, 'PanelReported', { kind: 'station', body: fire }))).toContain('报告“火警”已恢复');
  });
});

describe('a line of a change', () => {
  const changed = (type: string, body: LogEntryView['body'], lang: 'zh-CN' | 'en' = 'zh-CN'): string =>
    says(
      line(1, type, {
        kind: 'person',
        entityId: 'x',
        actor: 'wu',
        body: { name: '李阿姨', ...body },
        labels: { what: label('person', { name: '李阿姨' }) },
      }),
      lang,
    );

  it('names what changed of a person, and that they left or came back', () => {
    const left = { changes: ['active', 'phone', 'pin'], active: false, role: 'guard' };
    expect(changed('PersonChanged', left)).toBe('吴大叔修改了人员李阿姨：已经离开、改了电话、换了密码。');
    expect(changed('PersonChanged', { ...left, changes: ['active'], active: true })).toContain('又回来了');
    expect(changed('PersonChanged', { ...left, changes: ['role'] })).toContain('改做保安');
    expect(changed('PersonChanged', left, 'en')).toBe('吴大叔 changed 李阿姨: has left, new phone number, new PIN.');
  });

  it('names what changed of what hangs on the wall and stands on the phone list', () => {
    expect(changed('ContactChanged', { changes: ['role', 'rank'], role: 'doctor' })).toBe(
      '吴大叔修改了联系人李阿姨：改了是什么人、改了第几个打。',
    );
    expect(changed('CameraChanged', { changes: ['mainUrl'] })).toContain('改了大画面的地址。');
  });
});

describe('a name that the catalogue gives', () => {
  it('has its capital where it comes first, and none inside a sentence', () => {
    const silent = { cause: 'panelSilent', sourceId: '7777' };
    expect(says(line(1, 'AlarmRaised', { kind: 'alarm', body: silent }), 'en')).toBe(
      'Alarm: the help receiver with number 7777 has gone silent.',
    );
    const reports = { account: '7777', meaning: 'trouble', restored: false };
    expect(says(line(1, 'PanelReported', { kind: 'station', body: reports }), 'en')).toMatch(/^The help receiver/);
    expect(says(line(1, 'SignedIn', { kind: 'session', actor: 'nobody-known' }), 'en')).toBe('A colleague signed in.');
  });
});

describe('lines that say nothing new', () => {
  const press = [
    line(14, 'AlarmClosedByIncident', { actor: 'li', recordedAt: AT + 3 }),
    line(13, 'IncidentResolved', { actor: 'li', recordedAt: AT + 3 }),
    line(12, 'AlarmAcknowledged', { actor: 'li', recordedAt: AT + 1 }),
    line(11, 'IncidentClaimed', { actor: 'li', recordedAt: AT + 1 }),
    line(10, 'IncidentOpened'),
    line(9, 'AlarmRaised'),
  ];

  it('are folded into the line that they follow from, and no number is missing', () => {
    const items = folded(press);
    expect(items.map(({ main }) => main.type)).toEqual([
      'v1.IncidentResolved',
      'v1.IncidentClaimed',
      'v1.IncidentOpened',
    ]);
    expect(items.map(numbersOf)).toEqual([
      { from: 13, to: 14 },
      { from: 11, to: 12 },
      { from: 9, to: 10 },
    ]);
    expect(items.flatMap(({ main, also }) => also.concat(main)).toSorted((a, b) => b.seq - a.seq)).toEqual(press);
  });

  it('stand alone where nothing is there that they follow from', () => {
    const alone = press.filter(({ type }) => type.startsWith('v1.Alarm'));
    expect(folded(alone).map(({ main }) => main.seq)).toEqual([14, 12, 9]);
    const another = [line(12, 'AlarmAcknowledged', { actor: 'li' }), line(11, 'NoteAdded', { actor: 'wu' })];
    expect(folded(another)).toHaveLength(2);
    const later = [line(12, 'AlarmRaised', { recordedAt: AT + 1 }), line(11, 'NoteAdded')];
    expect(folded(later)).toHaveLength(2);
  });

  describe('of a call that goes on calling', () => {
    const ladder = ['siren', 'allSeats', 'phoneList'];
    const minute = 60_000;
    const rungs = (count: number, from: number, more: Readonly<Record<string, unknown>> = {}): LogEntryView[] =>
      Array.from({ length: count }, (_, step) =>
        line(from + step, 'IncidentEscalated', {
          kind: 'incident',
          entityId: 'call-1',
          at: AT + step * minute,
          recordedAt: AT + step * minute,
          body: { level: ladder[step % 3] ?? '', claimedBy: null, why: 'untaken', ...more },
        }),
      ).toReversed();

    it('are folded from the second round on, with how often and until when', () => {
      const items = folded(rungs(90, 1));
      expect(items.map(numbersOf)).toEqual([
        { from: 3, to: 90 },
        { from: 2, to: 2 },
        { from: 1, to: 1 },
      ]);
      expect(items.map(roundsOf)).toEqual([{ times: 87, lastAt: AT + 89 * minute }, null, null]);
      expect(items[0]?.main.body['level']).toBe('phoneList');
    });

    it('are folded beside those of another call, after the first round of each', () => {
      const both = rungs(12, 1).map((entry) => (entry.seq % 2 === 0 ? inAnotherCall(entry) : entry));
      const items = folded(both);
      expect(items.map(numbersOf).at(0)).toEqual({ from: 6, to: 12 });
      expect(items.map(roundsOf).at(0)).toEqual({ times: 6, lastAt: AT + 11 * minute });
      expect(items).toHaveLength(6);
    });

    it('stand alone where something else happened, at first in another call, and with a remark', () => {
      expect(folded([...rungs(3, 4, { claimedBy: 'li', why: 'left' }), ...rungs(3, 1)])).toHaveLength(6);
      expect(folded([...rungs(3, 5), line(4, 'IncidentKept'), ...rungs(3, 1)])).toHaveLength(7);
      const others = rungs(3, 4).map(inAnotherCall);
      expect(folded([...others, ...rungs(3, 1)])).toHaveLength(6);
      const remarked = rungs(6, 1).map((entry) => (entry.seq === 5 ? withRemark(entry) : entry));
      expect(folded(remarked).map(({ main }) => main.seq)).toContain(5);
    });
  });

  it('stay in sight with a manager’s remark', () => {
    const [raised] = press.slice(-1);
    const remarked = press
      .slice(0, -1)
      .concat(raised === undefined ? [] : { ...raised, managerNotes: [{ at: 1, by: 'm', name: null, text: 'x' }] });
    expect(folded(remarked).map(({ main }) => main.seq)).toContain(9);
  });
});

describe('the time of a line', () => {
  it('is somebody’s word where it was written down later', () => {
    expect(isLate({ at: AT, recordedAt: AT + 1999 })).toBe(false);
    expect(isLate({ at: AT, recordedAt: AT + 2000 })).toBe(true);
    expect(isLate({ at: AT - 6 * 86_400_000, recordedAt: AT })).toBe(true);
  });
});

describe('the table', () => {
  const entries = [
    line(2, 'IncidentOpened', { body: { sourceId: 'hp502' }, at: AT - 61_000, recordedAt: AT }),
    line(1, 'NoteAdded', { actor: 'wu', body: { text: '巡查' }, at: AT - 86_400_000, recordedAt: AT - 86_400_000 }),
  ];

  it('has year and seconds, both times, the place, and says of whom, of when, by whom and up to which line it is', () => {
    const language = languageOf('zh-CN');
    const about = {
      community: '龙湾/小区',
      atMs: AT,
      by: '张建国',
      fromMs: AT - 86_400_000,
      toMs: null,
      kinds: null,
      shiftNumber: null,
      headSeq: 2,
      headHash: 'ab12',
    };
    expect(logTableName(about, language)).toBe('值班记录_龙湾-小区_2026-11-24_2026-11-25');
    const head = logTableHead(about, language);
    expect(head.slice(0, -1)).toEqual([
      ['值班记录', '龙湾/小区', '2026-11-24 16:00:00 到 2026-11-25 16:00:00'],
      ['哪一部分', '全部', '所有的班'],
      ['张建国 导出，2026-11-25 16:00:00'],
      ['第 2 条的校验码', 'ab12'],
    ]);
    const rows = entries.map((entry) => logTableRow(withLabels(entry), language));
    expect(rows.map((row) => row.slice(0, 5))).toEqual([
      ['2', '2026-11-25 15:58:59', '2026-11-25 16:00:00', '值守台', '3-1-502'],
      ['1', '2026-11-24 16:00:00', '2026-11-24 16:00:00', '吴大叔', ''],
    ]);
    expect(new Set([head.at(-1), ...rows].map((row) => row?.length))).toEqual(new Set([7]));
  });

  it('has no cell that a spreadsheet would run, whatever stands in front of the sign', () => {
    const hidden = [
      ' ',
      '\u00A0',
      '\u3000',
      '\u200B',
      '\uFEFF',
      '\u2060',
      '\u202E',
      '\u00AD',
      '\n',
      '\t',
      "'",
      '"',
      ' \u200B ',
    ];
    for (const before of hidden)
      for (const sign of ['=', '+', '-', '@', '|', '＝', '＋', '－', '＠'])
        expect(toCsv([[`${before}${sign}1`]]).startsWith(`"'`), JSON.stringify(before + sign)).toBe(true);
    expect(toCsv([['13-1-502 = x', '2026-11-25']])).toBe('"13-1-502 = x","2026-11-25"\r\n');
  });
});

describe('the line of a takeover', () => {
  const told = (type: string, body: LogEntryView['body']): string => says(line(1, type, { kind: 'shift', body }));

  it('says who was planned, where somebody else took over, and only there', () => {
    const body = { responsible: 'zhang', until: 0, planned: 'chen' };
    expect(told('ShiftTakenOver', body)).toBe('张建国接班，负责到 08:00；这时排的是陈老师。');
    expect(told('ShiftTakenOver', { ...body, planned: null })).toBe('张建国接班，负责到 08:00。');
  });

  it('names the post, where that is not the monitoring room', () => {
    const atGate = (type: string, kind: string, body: LogEntryView['body'], lang: 'zh-CN' | 'en' = 'zh-CN') =>
      says(line(1, type, { kind, body, postId: postId('gatehouse') }), lang);
    const taken = { responsible: 'zhang', until: 0, planned: null };
    expect(atGate('ShiftTakenOver', 'shift', taken)).toBe('门岗：张建国接班，负责到 08:00。');
    expect(atGate('ShiftTakenOver', 'shift', taken, 'en')).toMatch(/^Gatehouse: /);
    expect(atGate('PostEstablished', 'shift', {})).toBe('门岗开始值守。');
    const alarm = { cause: 'postUnstaffed', sourceId: 'gatehouse' };
    expect(says(line(1, 'AlarmRaised', { kind: 'alarm', body: alarm }))).toBe('门岗：提醒：没有人值班。');
    expect(atGate('NoteAdded', 'note', { text: '一切正常' })).not.toContain('门岗');
  });

  it('does not call a relief who never came "recovered"', () => {
    expect(told('AlarmCleared', { cause: 'reliefMissing', sourceId: 'chen' })).toBe('不用再等陈老师来接班。');
    expect(told('AlarmRaised', { cause: 'reliefMissing', sourceId: 'chen' })).toBe('提醒：陈老师到点没来接班。');
    expect(told('AlarmRaised', { cause: 'postUnstaffed', sourceId: 'monitoringRoom' })).toBe('提醒：没有人值班。');
  });
});
