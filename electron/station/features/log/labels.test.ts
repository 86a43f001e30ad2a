import { describe, expect, it } from 'vitest';
import { hours, seconds } from '../../../domain/kernel/time.ts';
import { logPage, type LogEntryView } from '../../../contract/log/log.views.ts';
import { logSentence } from '../../../words/sentences/log-sentence.ts';
import { logTableRow } from '../../../words/sentences/log-table.ts';
import { createTexts } from '../../../words/texts.ts';
import { createLanguage } from '../../../words/words.ts';
import { createProjector } from '../../core/project.ts';
import { rebuildReadModels } from '../../core/rebuild.ts';
import {
  allFeatures,
  crashAndRestart,
  createTestStation,
  everythingStored,
  pass,
  pressHelp,
  seatOf,
  settle,
  valueOf,
  type TestStation,
} from '../../../../tests/support/station-harness.ts';

const texts = createTexts('zh-CN');
const languages = [createLanguage(texts, 'zh-CN', 'Asia/Shanghai'), createLanguage(texts, 'en', 'Asia/Shanghai')];

/** The lines up to a number, as the station sends them to whoever asks. */
const linesUpTo = async ({ manager, ids }: TestStation, seq: number): Promise<readonly LogEntryView[]> => {
  const id = ids.next();
  const filter = { kinds: null, fromMs: null, toMs: null, shiftNumber: null };
  manager.send({ t: 'query', id, query: { type: 'log', beforeSeq: seq + 1, limit: 500, ...filter } });
  await settle();
  return logPage.parse(manager.reply(id)?.value).entries;
};

/** Everything that is said of these lines, in both languages, as on a seat and in the exported table. */
const told = (lines: readonly LogEntryView[]): readonly string[] =>
  languages.flatMap((language) =>
    lines
      .map((line) => logSentence(line, language))
      .concat(lines.map((line) => logTableRow(line, language).join(' | '))),
  );

/** A night with a call, a gate, a visitor, a remark and a camera that fails. */
const night = async (test: TestStation) => {
  const li = await seatOf(test, 'li');
  valueOf(await li.command('beginTakeover', {}));
  valueOf(await li.command('acceptTakeover', { seenItems: [] }));
  pressHelp(test);
  await settle();
  const incidentId = li.rows('incidents')[0]?.incidentId ?? '';
  valueOf(await li.command('claimIncident', { incidentId }));
  valueOf(await li.command('recordCall', { incidentId, contactId: 'son', outcome: 'onTheWay' }));
  valueOf(await li.command('answerStep', { incidentId, step: 'reach', answer: 'answered' }));
  valueOf(await li.command('resolveIncident', { incidentId, resolution: 'testAlarm', note: null }));
  valueOf(await li.command('openBarrier', { barrierId: 'north', reason: 'resident', note: null }));
  await pass(test.clock, seconds(10));
  const visit = { kind: 'family', name: '陈女士', phone: null, plate: null, visiting: '3栋1单元502' } as const;
  const { visitId } = valueOf(await li.command('registerVisit', visit));
  valueOf(await li.command('visitorLeft', { visitId: String(visitId) }));
  const gone = { fault: 'unreachable', codec: null, width: null, height: null } as const;
  test.video.report({ cameraId: 'stairs', quality: 'main', state: 'offline', sinceMs: test.clock.nowMs(), ...gone });
  await pass(test.clock, seconds(40));
  valueOf(await li.command('addNote', { text: '一切正常' }));
  valueOf(await test.manager.command('addManagerNote', { seq: test.journal.lastSeq(), text: '好' }));
  return { incidentId, visitId: String(visitId) };
};

describe('what was said of a night', () => {
  it('stays when names change, things go, a call is reviewed and a month passes; a forgotten name alone is gone', async () => {
    const test = await createTestStation();
    const { manager } = test;
    const { incidentId, visitId } = await night(test);
    const seq = test.journal.lastSeq();
    const before = told(await linesUpTo(test, seq));
    for (const name of ['李阿姨', '王小明', '北门道闸', '3栋1单元502', '3栋楼道', '陈女士', '张建国'])
      expect(before.filter((line) => line.includes(name)).length, name).toBeGreaterThan(1);

    const inputs = { openRelay: 'r1', closeRelay: 'r2', openInput: 'i1', closedInput: 'i2', travelMs: 3000 };
    valueOf(await manager.command('addBarrier', { barrierId: 'north', name: '大门', cameraId: 'gate', ...inputs }));
    valueOf(await manager.command('reviewIncident', { incidentId, note: '处理得好' }));
    const li = { personId: 'li', name: '李桂芳', phone: null, role: 'volunteer', pin: null, active: false } as const;
    valueOf(await manager.command('addPerson', li));
    valueOf(await manager.command('addContact', { contactId: 'son', name: '王大明', phone: '13900001111', rank: 1 }));
    valueOf(await manager.command('removeContact', { contactId: 'son' }));
    valueOf(await manager.command('removeHelpPoint', { helpPointId: 'hp502' }));
    valueOf(await manager.command('removeCamera', { cameraId: 'stairs' }));
    valueOf(await manager.command('removeBarrier', { barrierId: 'north' }));
    await settle();
    expect(told(await linesUpTo(test, seq))).toEqual(before);

    valueOf(await manager.command('forgetVisitor', { visitId }));
    const later = await crashAndRestart(test, { awayMs: 31 * hours(24) });
    const after = told(await linesUpTo(later, seq));
    const changed = before.flatMap((line, index) => (after[index] === line ? [] : [[line, after[index]]]));
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.filter(([line]) => line?.includes('陈女士') !== true)).toEqual([]);
    expect(after.join()).not.toContain('陈女士');

    rebuildReadModels(later.journal, createProjector(allFeatures()));
    expect(told(await linesUpTo(later, seq))).toEqual(after);
  });

  it('holds no name in plain text', async () => {
    const test = await createTestStation();
    await night(test);
    const stored = everythingStored(test.world);
    for (const name of ['李阿姨', '王小明', '陈女士', '张建国']) expect(stored).not.toContain(name);
  });
});
