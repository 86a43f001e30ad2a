/** Cameras and barriers as a manager sets them up. */
import { parseStreamAddress } from '../../contract/stream-address.ts';
import { openLimit } from '../../domain/barriers/arm.rules.ts';
import type { BarrierEvent } from '../../domain/barriers/barrier.types.ts';
import type { CameraEvent } from '../../domain/cameras/camera.types.ts';
import { numberOf, textOf } from '../docs.ts';
import { subjects } from '../subjects.ts';
import { deadlineKey } from '../work.ts';
import { refuse, tellOrRefuse, type Handlers } from './handler.ts';
import { recordChange } from './setup.commands.ts';

/** An address of a stream as the contract has let it in: credentials never stay in it. */
const streamOf = (url: string) => {
  const read = parseStreamAddress(url);
  if (!read.ok) throw new Error('an address was let in that cannot be read');
  return read.value;
};

/** `http://user:password@host/…` without what stands in front of the host. */
const withoutCredentials = (url: string): string => url.replace(/^(\w+:\/\/)[^/?#]*@/, '$1');

export const deviceHandlers: Handlers<'addCamera' | 'addBarrier'> = {
  addCamera: (scope, { cameraId, name, place, onvifAddress, mainUrl, subUrl, username, password, allows }) => {
    const { work, secrets, privacy, ids } = scope;
    const id = cameraId ?? ids.next();
    // Whole addresses are sealed: many makers' ones have the password in their path or query, where nobody can tell it from the rest.
    const sealed = (address: string | null): string | null => privacy.sealMaybe(subjects.device(id), address);
    const before = work.tx.row('cameras', id);
    const storedCipher = textOf(work.tx.row('cameraSecrets', id), 'passwordCipher');
    const main = streamOf(mainUrl);
    const wantedPassword = password ?? main.password;
    const same = wantedPassword === null || (storedCipher !== null && secrets.decrypt(storedCipher) === wantedPassword);
    const known = before === null ? null : { ...before, passwordCipher: storedCipher };
    const number =
      numberOf(before, 'number') ??
      1 + Math.max(0, ...work.tx.rows('cameras').map(({ doc }) => numberOf(doc, 'number') ?? 0));
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
      const install: CameraEvent = { type: 'install', at: work.nowMs, cameraId: id };
      tellOrRefuse(scope, 'camera', id, install);
    }
    return { cameraId: id };
  },
  addBarrier: (
    scope,
    { barrierId, name, cameraId, openRelay, closeRelay, openInput, closedInput, travelMs, ...rest },
  ) => {
    const { work, ids } = scope;
    const id = barrierId ?? ids.next();
    const camera = work.tx.row('cameras', cameraId) ?? refuse('notFound', { kind: 'cameras', id: cameraId });
    if (textOf(camera, 'onvifAddress') === null) refuse('cameraHasNoRelays', { cameraId });
    const before = work.tx.row('barriers', id);
    const limitBefore = numberOf(before, 'openLimitMs') ?? openLimit.usualMs;
    const openLimitMs = rest.openLimitMs ?? limitBefore;
    recordChange(scope, 'barrierConfig', { added: 'v1.BarrierAdded', changed: 'v1.BarrierChanged' }, id, before, {
      name,
      cameraId,
      openRelay,
      closeRelay,
      openInput,
      closedInput,
      travelMs,
      openLimitMs,
    });
    if (before === null) {
      const install: BarrierEvent = { type: 'install', at: work.nowMs, barrierId: id, travelMs, openLimitMs };
      tellOrRefuse(scope, 'barrier', id, install);
    } else if (openLimitMs !== limitBefore) {
      const key = deadlineKey('barrier', id, 'standsOpen');
      const remindAtMs = work.tx.deadlines().find((row) => row.key === key)?.dueAt ?? null;
      const change: BarrierEvent = { type: 'openLimitChanged', at: work.nowMs, openLimitMs, remindAtMs };
      tellOrRefuse(scope, 'barrier', id, change);
    }
    return { barrierId: id };
  },
};
