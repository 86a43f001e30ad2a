import { panels } from '../../../contract/panels/panels.contract.ts';
import type { HelpPointView } from '../../../contract/panels/panels.views.ts';
import { collectionOfBodies, defineCollection } from '../../core/collection.ts';
import { defineFeature } from '../../core/define-feature.ts';
import { numberOf, textOf, textsOf } from '../../core/docs.ts';
import { panelsCommands } from './panels.commands.ts';
import { receiverRows } from './receiver-rows.ts';
import { servePanels } from './serve-panels.ts';

/** Only the station reads it, and answers managers. */
const receiver = defineCollection(receiverRows, {
  version: 1,
  fold: ({ type, body }) => {
    const host = type === 'v1.ReceiverSet' ? textOf(body, 'host') : null;
    if (host === null) return [];
    return [['receiver', { host, port: numberOf(body, 'port') ?? 0, sources: textsOf(body, 'sources') }]];
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
  ownCollections: [receiver],
  commands: panelsCommands,
  hiddenFields: ['host', 'sources', 'phone'],
  serve: servePanels,
});
