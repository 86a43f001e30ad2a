/** Cameras while the station runs: their streams are watched, their events heard, their pictures handed out. */
import type { cameras } from '../../../contract/cameras/cameras.contract.ts';
import { cameraAllowance } from '../../../contract/kernel/primitives.ts';
import { camera } from '../../../domain/cameras/camera.machine.ts';
import { canonicalJson } from '../../../domain/kernel/canonical.ts';
import { err, ok } from '../../../domain/kernel/result.ts';
import type { Service, ServiceContext } from '../../core/define-feature.ts';
import { refusalOf } from '../../core/handler.ts';
import type { Work } from '../../core/work.ts';
import { clearAlarm, raiseAlarm } from '../../parts/alarm-desk.ts';
import { createTargets } from '../../parts/device-target.ts';
import { createKeeper, createUnrecognised } from '../../parts/keep-trying.ts';
import { cameraRows } from '../../parts/rows.ts';
import type { DeviceEvent, OnvifTarget } from '../../ports/devices.port.ts';
import type { StreamReport, VideoSource } from '../../ports/video.port.ts';
import { createViewers } from './viewers.ts';

export const serveCameras = (
  context: ServiceContext,
): Service<typeof cameras> & Required<Pick<Service<typeof cameras>, 'asks'>> => {
  const { deps, worker, isOpen } = context;
  const { journal, clock, ids, log, onvif, video } = deps;
  const targets = createTargets({ ...deps, privacy: context.privacy });
  const keeper = createKeeper({ clock, worker });
  const unrecognised = createUnrecognised(log);
  const viewers = createViewers({ clock, log, isOpen, video });
  const listening = new Map<string, { readonly of: string; readonly stop: () => void }>();
  let unsubscribe = (): void => undefined;

  /** Only the stream that is watched for the camera's sake: others come and go with the seats. */
  const noteStream = ({ cameraId, quality, state, fault, sinceMs }: StreamReport): void => {
    const row = cameraRows.get(journal, cameraId);
    if (row === null || quality !== (row.subUrl === null ? 'main' : 'sub')) return;
    keeper.keep(`stream/${cameraId}`, cameraId, sinceMs, (work) =>
      work.tell(camera, cameraId, { type: 'streamReported', at: work.nowMs, state, fault }),
    );
  };

  const noteEvent = (cameraId: string, event: DeviceEvent): void => {
    if (event.kind === 'unrecognised') return unrecognised.count(`camera ${cameraId}`, event.topic);
    if (event.kind !== 'tamper') return undefined;
    return keeper.keep(`tamper/${cameraId}`, cameraId, event.atMs, (work: Work) => {
      if (event.active) raiseAlarm(work, ids, { cause: 'cameraTamper', priority: 'medium', sourceId: cameraId });
      else clearAlarm(work, 'cameraTamper', cameraId);
    });
  };

  const sources = (): readonly VideoSource[] =>
    cameraRows.all(journal).map(({ cameraId, mainUrl, subUrl, username, allows = [] }) => ({
      cameraId,
      mainUrl: targets.addressOf(mainUrl) ?? '',
      subUrl: targets.addressOf(subUrl),
      username,
      password: targets.passwordOf(cameraId),
      allows: cameraAllowance.options.filter((one) => allows.includes(one)),
    }));

  const listen = (): void => {
    const wanted = new Map<string, OnvifTarget>();
    for (const { cameraId } of cameraRows.all(journal)) {
      const target = targets.deviceOf(cameraId);
      if (target !== null) wanted.set(cameraId, target);
    }
    for (const [cameraId, { of, stop }] of listening) {
      const target = wanted.get(cameraId);
      if (target !== undefined && canonicalJson(target) === of) wanted.delete(cameraId);
      else {
        stop();
        listening.delete(cameraId);
      }
    }
    for (const [cameraId, target] of wanted) {
      const stop = onvif.listen(
        target,
        (event) => noteEvent(cameraId, event),
        (state) => log.info('events of a camera', { cameraId, state }),
      );
      listening.set(cameraId, { of: canonicalJson(target), stop });
    }
  };

  const configure = (): void => {
    video.configure(sources());
    listen();
  };

  return {
    asks: {
      videoTicket: async ({ session }) =>
        session === null ? err(refusalOf('notSignedIn')) : ok(await viewers.ticket(session)),
      discover: async (_scope, { waitMs }) => {
        const found = await onvif.discover([], waitMs);
        return ok({
          devices: found.map(({ address, name, hardware, location }) => ({ address, name, hardware, location })),
        });
      },
      describeDevice: async (_scope, { address, username, password }) => {
        const answer = await onvif.describe({ address, username, password });
        if (!answer.ok) return err({ kind: answer.error.kind });
        const { manufacturer, model, profiles, leftOut, relayTokens } = answer.value;
        return ok({
          manufacturer,
          model,
          profiles: profiles.map(({ token, name, encoding, width, height, streamUrl }) => ({
            token,
            name,
            encoding,
            width,
            height,
            streamUrl,
          })),
          leftOut: leftOut.map(({ name, why }) => ({ name, why })),
          relayTokens: [...relayTokens],
        });
      },
      describeCamera: async (_scope, { cameraId }) => {
        const target = targets.deviceOf(cameraId);
        if (target === null) return err(refusalOf('notFound', { kind: 'cameras', id: cameraId }));
        const answer = await onvif.describe(target);
        if (!answer.ok) return err({ kind: answer.error.kind });
        const { relayTokens, inputTokens } = answer.value;
        return ok({ relayTokens: [...relayTokens], inputTokens: [...inputTokens] });
      },
    },
    start: () => {
      unsubscribe = video.onReport(noteStream);
      configure();
    },
    noteCommit: (committed) => {
      viewers.noteCommit(committed);
      if (committed.facts.some(({ kind, type }) => kind === 'cameraConfig' || type === 'v1.CameraRemoved')) configure();
    },
    noteLeft: viewers.left,
    stop: () => {
      unsubscribe();
      keeper.stop();
      for (const { stop } of listening.values()) stop();
      listening.clear();
    },
  };
};
