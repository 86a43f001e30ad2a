import { cameras } from '../../../contract/cameras/cameras.contract.ts';
import { streamFault } from '../../../contract/kernel/video-wire.ts';
import { camera } from '../../../domain/cameras/camera.machine.ts';
import { defineCollection } from '../../core/collection.ts';
import { defineFeature } from '../../core/define-feature.ts';
import { numberOf, textOf } from '../../core/docs.ts';
import { cameraRows, cameraSecretRows, type CameraRow } from '../../parts/rows.ts';
import { stateAmong } from '../../parts/state-names.ts';
import { camerasCommands } from './cameras.commands.ts';
import { serveCameras } from './serve-cameras.ts';

/** Addresses in the network and accounts of cameras are the manager's. */
const camerasCollection = defineCollection(cameraRows, {
  version: 1,
  shown: {
    to: 'everybody',
    openedTo: ['duty'],
    as: (row, viewer) =>
      viewer.includes('manage')
        ? // An address whose key is gone is none.
          { ...row, mainUrl: row.mainUrl ?? '' }
        : { ...row, onvifAddress: null, mainUrl: '', subUrl: null, username: null },
  },
  fold: (fact, rows) => {
    const { kind, type, entityId, body, snapshot } = fact;
    const before = cameraRows.get(rows, entityId);
    if (kind === 'cameraConfig') {
      const { passwordCipher, changes: _changes, ...shown } = body;
      const blank = { state: 'connecting', since: fact.occurredAt, fault: null, lastLiveAt: null };
      const hasPassword = typeof passwordCipher === 'string';
      // The body of the fact is what the command's contract let in.
      return [[entityId, { ...(before ?? blank), ...shown, cameraId: entityId, hasPassword } as CameraRow]];
    }
    if (type === 'v1.CameraRemoved') return [[entityId, null]];
    if (kind !== 'camera' || snapshot === null || before === null) return [];
    const { context, value } = snapshot;
    const fault = streamFault.options.find((one) => one === context['fault']) ?? null;
    const state = stateAmong(value, ['connecting', 'live', 'stalled', 'offline'], 'connecting');
    const since = numberOf(context, 'since') ?? fact.occurredAt;
    return [[entityId, { ...before, state, since, fault, lastLiveAt: numberOf(context, 'lastLiveAt') }]];
  },
});

/** A camera's password is apart from it, encrypted. */
const cameraSecrets = defineCollection(cameraSecretRows, {
  version: 1,
  fold: ({ kind, type, entityId, body }) => {
    if (type === 'v1.CameraRemoved') return [[entityId, null]];
    if (kind !== 'cameraConfig') return [];
    const passwordCipher = textOf(body, 'passwordCipher');
    return [[entityId, passwordCipher === null ? null : { passwordCipher }]];
  },
});

/** Cameras: set up, found on the network, watched. */
export const camerasFeature = defineFeature({
  contract: cameras,
  machines: [camera],
  collections: { cameras: camerasCollection },
  ownCollections: [cameraSecrets],
  commands: camerasCommands,
  hiddenFields: ['passwordCipher', 'onvifAddress', 'mainUrl', 'subUrl', 'username'],
  serve: serveCameras,
});
