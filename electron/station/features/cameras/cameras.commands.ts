/** Cameras as a manager sets them up, and takes them down. */
import type { cameras } from '../../../contract/cameras/cameras.contract.ts';
import { parseStreamAddress } from '../../../contract/kernel/stream-address.ts';
import { camera } from '../../../domain/cameras/camera.machine.ts';
import { refuse, tellOrRefuse, type CommandScope, type Handlers } from '../../core/handler.ts';
import { subjects } from '../../core/subjects.ts';
import { clearAlarm } from '../../parts/alarm-desk.ts';
import { existing, recordChange } from '../../parts/record-change.ts';
import { barrierRows, cameraRows, cameraSecretRows, helpPointRows } from '../../parts/rows.ts';

/** An address of a stream as the contract has let it in: credentials never stay in it. */
const streamOf = (url: string) => {
  const read = parseStreamAddress(url);
  if (!read.ok) throw new Error('an address was let in that cannot be read');
  return read.value;
};

/** `http://user:password@host/…` without what stands in front of the host. */
const withoutCredentials = (url: string): string => url.replace(/^(\w+:\/\/)[^/?#]*@/, '$1');

/** The help points that show this camera go on without it. */
const leaveOutOfHelpPoints = ({ work }: CommandScope, cameraId: string): void => {
  for (const [id, { helpPointId: _id, ...body }] of helpPointRows.entries(work.read)) {
    if (!body.cameraIds.includes(cameraId)) continue;
    const cameraIds = body.cameraIds.filter((one) => one !== cameraId);
    work.record({
      type: 'v1.HelpPointChanged',
      kind: 'helpPoint',
      entityId: id,
      body: { ...body, cameraIds },
    });
  }
};

export const camerasCommands: Handlers<typeof cameras> = {
  addCamera: (scope, { cameraId, name, place, onvifAddress, mainUrl, subUrl, username, password, allows }) => {
    const { work, secrets, privacy, ids } = scope;
    const id = cameraId ?? ids.next();
    // Whole addresses are sealed: many makers' ones have the password in their path or query, where nobody can tell it from the rest.
    const sealed = (address: string | null): string | null => privacy.sealMaybe(subjects.device(id), address);
    const before = cameraRows.get(work.read, id);
    const storedCipher = cameraSecretRows.get(work.read, id)?.passwordCipher ?? null;
    const main = streamOf(mainUrl);
    const wantedPassword = password ?? main.password;
    const same = wantedPassword === null || (storedCipher !== null && secrets.decrypt(storedCipher) === wantedPassword);
    const known = before === null ? null : { ...before, passwordCipher: storedCipher };
    const number = before?.number ?? 1 + Math.max(0, ...cameraRows.all(work.read).map((other) => other.number));
    recordChange(scope, 'cameraConfig', { added: 'v1.CameraAdded', changed: 'v1.CameraChanged' }, id, known, {
      number,
      name,
      place,
      onvifAddress: sealed(onvifAddress === null ? null : withoutCredentials(onvifAddress)),
      mainUrl: sealed(main.url),
      subUrl: sealed(subUrl === null ? null : streamOf(subUrl).url),
      username: username ?? main.username,
      allows: [...new Set(allows ?? [])].toSorted(),
      passwordCipher: same ? storedCipher : secrets.encrypt(wantedPassword),
    });
    if (before === null) {
      tellOrRefuse(scope, camera, id, { type: 'install', at: work.nowMs, cameraId: id });
    }
    return { cameraId: id };
  },
  removeCamera: (scope, { cameraId }) => {
    const { work, actor } = scope;
    existing(scope, cameraRows, cameraId);
    const gate = barrierRows.all(work.read).find((barrier) => barrier.cameraId === cameraId);
    if (gate !== undefined) refuse('cameraDrivesGate', { barrierId: gate.barrierId });
    leaveOutOfHelpPoints(scope, cameraId);
    clearAlarm(work, 'cameraTamper', cameraId);
    tellOrRefuse(scope, camera, cameraId, { type: 'remove', at: work.nowMs, by: actor });
    return {};
  },
};
