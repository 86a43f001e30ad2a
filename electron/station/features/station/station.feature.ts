import { station } from '../../../contract/station/station.contract.ts';
import { ok } from '../../../domain/kernel/result.ts';
import { defineCollection } from '../../core/collection.ts';
import { defineFeature } from '../../core/define-feature.ts';
import { textOf } from '../../core/docs.ts';
import { stationKeyRows } from '../../core/fingerprint.ts';
import { identityRows, isNameless, nameStation } from '../../core/identity.ts';
import { byStation } from '../../core/work.ts';
import { raiseBriefly } from '../../parts/alarm-desk.ts';
import { isEmpty } from '../../parts/people-rows.ts';
import { createCondition } from './condition.ts';
import { shortCode } from './short-code.ts';

/** The station itself: its journal, its disk, its clock. */
export const stationFeature = defineFeature({
  contract: station,
  collections: {},
  ownCollections: [
    defineCollection(stationKeyRows, {
      version: 1,
      fold: (fact) =>
        fact.type === 'v1.FingerprintKeyMade' ? [['fingerprint', { key: textOf(fact.body, 'key') }]] : [],
    }),
    defineCollection(identityRows, {
      version: 1,
      fold: ({ type, entityId, body }) =>
        type === 'v1.StationNamed'
          ? [['station', { stationId: entityId, publicKey: textOf(body, 'publicKey') ?? '' }]]
          : [],
    }),
  ],
  commands: {},
  hiddenFields: ['key', 'publicKey', 'headKey'],
  hiddenFacts: ['v1.FingerprintKeyMade'],
  noteJump: (work, ids, jump) => {
    work.record({ type: 'v1.ClockJumped', kind: 'station', entityId: 'station', body: { ...jump } });
    raiseBriefly(work, ids, { cause: 'clockJumped', priority: 'low', sourceId: 'station' });
  },
  serve: ({ deps, worker, privacy, preparing }) => {
    const { journal, ids, version, startedAgain } = deps;
    const condition = createCondition({ ...deps, worker });
    return {
      asks: {
        verifyJournal: async () => ok(await condition.verify()),
        lineCode: async (_scope, { seq: asked }) => {
          const seq = asked ?? journal.lastSeq();
          const hash = journal.hashOf(seq);
          return ok({ seq, code: hash === null ? null : shortCode(hash) });
        },
      },
      health: () => ({ ...condition.health(), preparing: preparing() }),
      noteStart: () => {
        if (isEmpty(journal)) return;
        worker.commit(byStation, (work) => {
          if (isNameless(work.read)) nameStation(work, ids, privacy, journal.publicKeyPem);
          const body = { version, again: startedAgain };
          work.record({ type: 'v1.StationStarted', kind: 'station', entityId: 'station', body });
        });
      },
      start: condition.start,
      noteCommit: condition.noteCommit,
      stop: condition.stop,
    };
  },
});
