import { panels } from '../../../contract/panels/panels.contract.ts';
import type { HelpPointView } from '../../../contract/panels/panels.views.ts';
import { collectionOfBodies, defineCollection } from '../../core/collection.ts';
import { defineFeature } from '../../core/define-feature.ts';
import { numberOf, textOf, textsOf } from '../../core/docs.ts';
import { panelsCommands } from './panels.commands.ts';
import { receiverRows } from './receiver-rows.ts';
import { helpPointRows } from '../../parts/rows.ts';
import { servePanels } from './serve-panels.ts';
import { zoneKey, zoneRows } from './wire-zone.ts';

const helpPointFacts = new Set(['v1.HelpPointAdded', 'v1.HelpPointChanged', 'v1.HelpPointRemoved']);

/** Only the station reads it, and answers managers. */
const receiver = defineCollection(receiverRows, {
  version: 1,
  fold: ({ type, body }) => {
    const host = type === 'v1.ReceiverSet' ? textOf(body, 'host') : null;
    if (host === null) return [];
    return [['receiver', { host, port: numberOf(body, 'port') ?? 0, sources: textsOf(body, 'sources') }]];
  },
});

/** Which help point reports under which account and zone: one at most. */
const zones = defineCollection(zoneRows, {
  version: 1,
  fold: ({ type, entityId, body }, rows) => {
    if (!helpPointFacts.has(type)) return [];
    const before = helpPointRows.get(rows, entityId);
    const old = before === null ? [] : [[zoneKey(before.account, before.zone), null] as const];
    if (type === 'v1.HelpPointRemoved') return old;
    const key = zoneKey(textOf(body, 'account') ?? '', textOf(body, 'zone') ?? '');
    return [...old.filter(([other]) => other !== key), [key, { helpPointId: entityId }] as const];
  },
});

/** Help buttons, and where their receivers reach this machine. */
export const panelsFeature = defineFeature({
  contract: panels,
  collections: {
    helpPoints: collectionOfBodies<HelpPointView>('helpPoints', {
      version: 1,
      shown: { to: 'everybody', openedTo: ['duty'] },
      idField: 'helpPointId',
      kept: ['v1.HelpPointAdded', 'v1.HelpPointChanged'],
      dropped: ['v1.HelpPointRemoved'],
    }),
  },
  ownCollections: [receiver, zones],
  commands: panelsCommands,
  hiddenFields: ['host', 'sources', 'phone'],
  serve: servePanels,
});
