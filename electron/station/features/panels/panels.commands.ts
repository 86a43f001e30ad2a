/** Help buttons and their receivers, as a manager sets them up and takes them down. */
import type { panels } from '../../../contract/panels/panels.contract.ts';
import { refuse, type CommandScope, type Handlers } from '../../core/handler.ts';
import { subjects } from '../../core/subjects.ts';
import { clearAlarm } from '../../parts/alarm-desk.ts';
import { existing, recordChange } from '../../parts/record-change.ts';
import { cameraRows, helpPointRows, incidentRows } from '../../parts/rows.ts';
import { receiverRows } from './receiver-rows.ts';
import { zoneKey, zoneRows } from './wire-zone.ts';

/** A receiver that nothing is waited for from is not silent. */
const forgetReceiver = ({ work }: CommandScope, account: string): void => {
  const used = helpPointRows.all(work.read).some((point) => point.account === account);
  if (!used) clearAlarm(work, 'panelSilent', account);
};

export const panelsCommands: Handlers<typeof panels> = {
  addHelpPoint: (
    scope,
    { helpPointId, place, residentName, account: typed, zone, supervisionMs, cameraIds, ...reached },
  ) => {
    const { work, privacy, ids } = scope;
    const id = helpPointId ?? ids.next();
    const account = typed.toUpperCase();
    const holder = zoneRows.get(work.read, zoneKey(account, zone));
    if (holder !== null && holder.helpPointId !== id) refuse('zoneTaken', { account: typed, zone });
    for (const cameraId of cameraIds) existing(scope, cameraRows, cameraId);
    const names = { added: 'v1.HelpPointAdded', changed: 'v1.HelpPointChanged' } as const;
    const before = helpPointRows.get(work.read, id);
    const kept = (field: 'phone' | 'family' | 'keyHolder'): string | null => {
      const said = reached[field];
      return said === undefined ? (before?.[field] ?? null) : privacy.sealMaybe(subjects.resident(id), said);
    };
    recordChange(scope, 'helpPoint', names, id, before, {
      place,
      residentName: privacy.sealMaybe(subjects.resident(id), residentName),
      phone: kept('phone'),
      family: kept('family'),
      keyHolder: kept('keyHolder'),
      account,
      zone,
      supervisionMs,
      cameraIds,
    });
    return { helpPointId: id };
  },
  removeHelpPoint: (scope, { helpPointId }) => {
    const { work } = scope;
    const { place, account } = existing(scope, helpPointRows, helpPointId);
    const running = incidentRows
      .all(work.read)
      .some((incident) => incident.sourceId === helpPointId && incident.work !== 'resolved');
    if (running) refuse('callRunning');
    work.record({ type: 'v1.HelpPointRemoved', kind: 'helpPoint', entityId: helpPointId, body: { place } });
    forgetReceiver(scope, account);
    return {};
  },
  setReceiver: (scope, { host, port, sources }) => {
    const names = { added: 'v1.ReceiverSet', changed: 'v1.ReceiverSet' } as const;
    const before = receiverRows.get(scope.work.read, 'receiver');
    recordChange(scope, 'receiver', names, 'receiver', before, { host, port, sources: [...new Set(sources)] });
    return {};
  },
};
