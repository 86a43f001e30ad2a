/** From what a manager set up to what the device ports work with. Passwords are decrypted in memory only. */
import type { Committed } from './work.ts';
import { cameraAllowance } from '../contract/primitives.ts';
import { canonicalJson } from '../domain/kernel/canonical.ts';
import type { JsonObject } from '../domain/kernel/json.ts';
import { numberOf, textOf, textsOf } from './docs.ts';
import type { Log } from './ports/clock.port.ts';
import type { Privacy } from './privacy.ts';
import type {
  BarrierLink,
  BarrierPort,
  DeviceEvent,
  OnvifPort,
  OnvifTarget,
  PanelAccount,
  PanelPort,
} from './ports/devices.port.ts';
import type { Journal } from './ports/journal.port.ts';
import type { Secrets } from './ports/vault.port.ts';
import type { VideoPort, VideoSource } from './ports/video.port.ts';

export interface Devices {
  /** Hands everything that is set up to the ports. */
  readonly configure: () => void;
  /** Hands it over again where the commit changed it. */
  readonly noteCommit: (committed: Committed) => void;
  /** How to reach the device of a camera that is set up; `null` where there is none, or only a stream. */
  readonly deviceOf: (cameraId: string) => OnvifTarget | null;
  readonly stop: () => void;
}

export interface DevicesDeps {
  readonly journal: Journal;
  readonly log: Log;
  readonly secrets: Secrets;
  readonly privacy: Pick<Privacy, 'openText'>;
  readonly onvif: OnvifPort;
  readonly barriers: BarrierPort;
  readonly panels: PanelPort;
  readonly video: VideoPort;
  readonly onCameraEvent: (cameraId: string, event: DeviceEvent) => void;
}

const configKinds = new Set<string>(['cameraConfig', 'barrierConfig', 'helpPoint']);
const removals = new Set<string>(['v1.CameraRemoved', 'v1.BarrierRemoved']);

export const createDevices = ({
  journal,
  log,
  secrets,
  privacy,
  onvif,
  barriers,
  panels,
  video,
  onCameraEvent,
}: DevicesDeps): Devices => {
  const listening = new Map<string, { readonly of: string; readonly stop: () => void }>();

  const passwordOf = (cameraId: string): string | null => {
    const cipher = textOf(journal.row('cameraSecrets', cameraId), 'passwordCipher');
    const plain = cipher === null ? null : secrets.decrypt(cipher);
    if (cipher !== null && plain === null) log.warn('the password of a camera cannot be read any more', { cameraId });
    return plain;
  };

  const addressOf = (doc: JsonObject | null, field: 'onvifAddress' | 'mainUrl' | 'subUrl'): string | null => {
    const stored = textOf(doc, field);
    return stored === null ? null : privacy.openText(stored);
  };

  const targetOf = (cameraId: string, doc: JsonObject | null): OnvifTarget | null => {
    const address = addressOf(doc, 'onvifAddress');
    return address === null ? null : { address, username: textOf(doc, 'username'), password: passwordOf(cameraId) };
  };

  const sources = (): readonly VideoSource[] =>
    journal.rows('cameras').map(({ key, doc }) => ({
      cameraId: key,
      mainUrl: addressOf(doc, 'mainUrl') ?? '',
      subUrl: addressOf(doc, 'subUrl'),
      username: textOf(doc, 'username'),
      password: passwordOf(key),
      allows: cameraAllowance.options.filter((one) => textsOf(doc, 'allows').includes(one)),
    }));

  const links = (): readonly BarrierLink[] =>
    journal.rows('barriers').flatMap(({ key, doc }) => {
      const cameraId = textOf(doc, 'cameraId') ?? '';
      const target = targetOf(cameraId, journal.row('cameras', cameraId));
      if (target === null) return [];
      return [
        {
          barrierId: key,
          target,
          openRelay: textOf(doc, 'openRelay') ?? '',
          closeRelay: textOf(doc, 'closeRelay') ?? '',
          openInput: textOf(doc, 'openInput'),
          closedInput: textOf(doc, 'closedInput'),
          travelMs: numberOf(doc, 'travelMs') ?? 0,
        },
      ];
    });

  /** One account may report for many help points: the shortest silence that one of them allows counts. */
  const accounts = (): readonly PanelAccount[] => {
    const shortest = new Map<string, number>();
    for (const { doc } of journal.rows('helpPoints')) {
      const account = textOf(doc, 'account') ?? '';
      const supervisionMs = numberOf(doc, 'supervisionMs') ?? 0;
      shortest.set(account, Math.min(supervisionMs, shortest.get(account) ?? supervisionMs));
    }
    return [...shortest].map(([account, supervisionMs]) => ({ account, supervisionMs, lenient: false }));
  };

  const listen = (): void => {
    const wanted = new Map<string, OnvifTarget>();
    for (const { key, doc } of journal.rows('cameras')) {
      const target = targetOf(key, doc);
      if (target !== null) wanted.set(key, target);
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
        (event) => onCameraEvent(cameraId, event),
        (state) => log.info('events of a camera', { cameraId, state }),
      );
      listening.set(cameraId, { of: canonicalJson(target), stop });
    }
  };

  const configure = (): void => {
    video.configure(sources());
    barriers.configure(links());
    panels.configure(accounts());
    listen();
  };

  return {
    configure,
    noteCommit: ({ facts }) => {
      if (facts.some(({ kind, type }) => configKinds.has(kind) || removals.has(type))) configure();
    },
    deviceOf: (cameraId) => targetOf(cameraId, journal.row('cameras', cameraId)),
    stop: () => {
      for (const { stop } of listening.values()) stop();
      listening.clear();
    },
  };
};
