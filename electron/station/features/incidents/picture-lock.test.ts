import { expect, test } from 'vitest';
import {
  crashAndRestart,
  createTestStation,
  pressHelp,
  seatOf,
  settle,
  valueOf,
} from '../../../../tests/support/station-harness.ts';

test('pictures of a call are locked while it is open, also after a restart, and not any more when it is over', async () => {
  const station = await createTestStation();
  const { pictures } = station.world;
  expect(pictures.locked()).toEqual([]);
  pressHelp(station);
  await settle();
  const incidentId = station.manager.rows('incidents')[0]?.incidentId ?? '';
  const open = [`incident:${incidentId}`];
  expect(pictures.locked()).toEqual(open);
  pictures.lock(new Set());
  const again = await crashAndRestart(station);
  expect(pictures.locked()).toEqual(open);
  const li = await seatOf(again, 'li');
  valueOf(await li.command('claimIncident', { incidentId }));
  valueOf(await li.command('answerStep', { incidentId, step: 'reach', answer: 'answered' }));
  expect(pictures.locked()).toEqual(open);
  valueOf(await li.command('resolveIncident', { incidentId, resolution: 'testAlarm', note: null }));
  expect(pictures.locked()).toEqual([]);
});
