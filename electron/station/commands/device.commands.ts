/** Cameras and barriers as a manager sets them up. */
import { openLimit } from '../../domain/barriers/arm.rules.ts';
import type { BarrierEvent } from '../../domain/barriers/barrier.types.ts';
import type { CameraEvent } from '../../domain/cameras/camera.types.ts';
import { numberOf, textOf } from '../docs.ts';
import { refuse, tellOrRefuse, type Handlers } from './handler.ts';
import { recordChange } from './setup.commands.ts';

/** `rtsp://user:password@host/…` taken apart: credentials never stay in an address. */
const splitCredentials = (
  url: string,
): { readonly url: string; readonly username: string | null; readonly password: string | null } => {
  const found = /^(\w+:\/\/)([^/@]*)@(.*)$/.exec(url);
  const [, scheme, userInfo, rest] = found ?? [];
  if (scheme === undefined || userInfo === undefined || rest === undefined)
    return { url, username: null, password: null };
  const colon = userInfo.indexOf(':');
  const decode = (text: string): string => (/%(?![0-9A-Fa-f]{2})/.test(text) ? text : decodeURIComponent(text));
  const [username, password] = colon === -1 ? [userInfo, null] : [userInfo.slice(0, colon), userInfo.slice(colon + 1)];
  return { url: `${scheme}${rest}`, username: decode(username), password: password === null ? null : decode(password) };
};

export const deviceHandlers: Handlers<'addCamera' | 'addBarrier'> = {
  addCamera: (scope, { cameraId, name, place, onvifAddress, mainUrl, subUrl, username, password }) => {
    const { work, secrets, ids } = scope;
    const id = cameraId ?? ids.next();
    const before = work.tx.row('cameras', id);
    const storedCipher = textOf(work.tx.row('cameraSecrets', id), 'passwordCipher');
    const main = splitCredentials(mainUrl);
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
      onvifAddress: onvifAddress === null ? null : splitCredentials(onvifAddress).url,
      mainUrl: main.url,
      subUrl: subUrl === null ? null : splitCredentials(subUrl).url,
      username: username ?? main.username,
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
      const change: BarrierEvent = { type: 'openLimitChanged', at: work.nowMs, openLimitMs };
      tellOrRefuse(scope, 'barrier', id, change);
    }
    return { barrierId: id };
  },
};
