/** Builds the adapters and the station. The only place that knows which technology implements which port. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createOnvifBarriers } from '../native/barriers/onvif-barriers.ts';
import { createDemoProcess } from '../native/demo/demo-process.ts';
import { createGateway, type Gateway } from '../native/gateway/gateway.ts';
import { createOnvif } from '../native/onvif/onvif.ts';
import { dataFolderPaths, type DataFolderPaths } from '../native/os/data-folder.ts';
import { createFileLog } from '../native/os/file-log.ts';
import { createHeadStore, textToHead, type HeadStore } from '../native/os/head-store.ts';
import { keepToOwner } from '../native/os/owner-only.ts';
import { createPinHasher } from '../native/os/pin-hasher.ts';
import { createDeviceKeySecrets, createKeyFileSecrets } from '../native/os/secrets.ts';
import { systemRandomness } from '../native/os/secrets-cipher.ts';
import { createSigner, type Signer } from '../native/os/signing.ts';
import { ownAddresses } from '../native/os/own-addresses.ts';
import { createResultFiles } from '../native/os/result-files.ts';
import { createSounder } from '../native/os/sounder.ts';
import { createSystemClock } from '../native/kit/system-clock.ts';
import { createSystemIds } from '../native/os/system-ids.ts';
import { createSiaReceiver } from '../native/panels/sia-receiver.ts';
import { createPictureStore } from '../native/pictures/picture-store.ts';
import { checkKeys, journalStateOf } from '../native/sqlite/folder-state.ts';
import { openJournal } from '../native/sqlite/journal.ts';
import { createLogReader } from '../native/sqlite/log-reader.ts';
import { createSealedList } from '../native/sqlite/sealed-list.ts';
import { openVault } from '../native/sqlite/vault.ts';
import { createMediaWorker } from '../native/video/create-media-worker.ts';
import type { Busy } from './contract/messages.schema.ts';
import { notices } from './start-notices.ts';
import type { StartedAgain, StationSettings } from './station-channel.ts';
import type { Log } from './station/ports/clock.port.ts';
import type { PanelListening } from './station/ports/devices.port.ts';
import type { Secrets } from './station/ports/vault.port.ts';
import { createStation } from './station/create-station.ts';
import { demoFeature, demoRowsAlone } from './station/features/demo/demo.feature.ts';
import type { Demo } from './station/features/demo/demo.ts';
import { liftsOf } from './station/core/facts.ts';
import { stationFeatures } from './station/features.ts';
import { lookForPlainPasswords, type NamedCamera } from './station/features/cameras/plain-passwords.ts';
import type { Station } from './station/station.ts';

const DEMO_CAMERAS = 16;

export interface RunningStation {
  readonly station: Station;
  readonly gateway: Gateway;
  readonly panelPort: number;
  readonly stop: () => Promise<void>;
}

/** The folder's passwords are under the keychain of the desktop program, and there is no desktop program here. */
export class KeychainNeededError extends Error {
  constructor() {
    super('the device passwords are under a keychain');
    this.name = 'KeychainNeededError';
  }
}

/** A new key file would not open what the keychain's key protects, so none is made beside it. */
const openSecrets = (
  { deviceKey }: StationSettings,
  { secretsKey, secretsProtected }: DataFolderPaths,
  mayMake: boolean,
): Secrets => {
  if (deviceKey !== null) return createDeviceKeySecrets(deviceKey);
  if (existsSync(secretsProtected)) throw new KeychainNeededError();
  return createKeyFileSecrets(secretsKey, { mayMake });
};

/** A public key that is gone is written again where the head was signed with it; without a head there is nothing that it could not fit. */
const openSigner = (paths: DataFolderPaths, headStore: HeadStore, mayMake: boolean): Signer => {
  const fits = (publicKeyPem: string): boolean => {
    const text = headStore.readHead();
    return text === null || textToHead(text, publicKeyPem) !== null;
  };
  return createSigner({ privateKey: paths.signingKey, publicKey: paths.signingPublicKey }, { mayMake, fits });
};

/** Opens everything, starts the station and lets seats in. Rejects with the adapter's own error; what was opened by then is closed. */
export const composeStation = async (
  settings: StationSettings,
  again: StartedAgain | null = null,
  onBusy: (busy: Busy) => void = () => undefined,
): Promise<RunningStation> => {
  const paths = dataFolderPaths(settings.dataDir);
  const isPrivate = keepToOwner(paths.folder);
  const closers: (() => void | Promise<void>)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of closers.toReversed()) await close();
  };
  try {
    const running = await build(settings, again, onBusy, paths, closers, closeAll);
    if (!isPrivate) process.stderr.write(`${notices.folderOpenToOthers(paths.folder)}\n`);
    return running;
  } catch (error) {
    await closeAll();
    throw error;
  }
};

/**
 * A panel port that the start options name and that cannot be had is an alarm at the seats. In an empty folder nobody would see it: there
 * the start ends with a sentence, as for the seat's own port.
 */
const refusePanelPort = (
  { panelHost, panelPort }: StationSettings,
  listening: PanelListening,
  isEmpty: boolean,
): void => {
  if (panelHost === null || listening.state !== 'failed' || listening.fault !== 'portTaken' || !isEmpty) return;
  throw Object.assign(new Error('the panel port cannot be had'), { syscall: 'listen', port: panelPort });
};

/** The keys of people's data, and what is kept under them. */
const openPersonal = ({ deviceKey }: StationSettings, paths: DataFolderPaths, secrets: Secrets, log: Log) => {
  const { keys, secretsKey: keyFile, pictures: folder } = paths;
  const vault = openVault({ path: keys, masterSecret: secrets, randomness: systemRandomness });
  const pictures = createPictureStore({ folder, vault, randomness: systemRandomness, log });
  const sealedList = createSealedList({ keys, deviceKey, keyFile, log });
  return {
    ports: { vault, pictures, sealedIndex: vault.index, sealedList },
    /** In the order in which they were opened. */
    closers: [vault.close, pictures.close, sealedList.close],
  };
};

const build = async (
  settings: StationSettings,
  again: StartedAgain | null,
  onBusy: (busy: Busy) => void,
  paths: DataFolderPaths,
  closers: (() => void | Promise<void>)[],
  closeAll: () => Promise<void>,
): Promise<RunningStation> => {
  const log = createFileLog(path.join(paths.folder, 'logs'), 'station');
  if (again !== null) log.warn('started again', { because: again });
  closers.push(log.close);
  const clock = createSystemClock();
  const ids = createSystemIds(clock.nowMs);
  // All keys are looked at before anything is written: what was left by somebody else is left as it is.
  const state = journalStateOf(paths);
  const mayMake = state !== 'entries';
  const secrets = openSecrets(settings, paths, mayMake);
  checkKeys(paths, state, secrets);
  const headStore = createHeadStore(paths.heads);
  const signer = openSigner(paths, headStore, mayMake);
  const journal = openJournal({
    path: paths.journal,
    clock,
    signer,
    headStore,
    log,
    lifts: liftsOf([...stationFeatures, demoRowsAlone]),
  });
  closers.push(journal.close);
  const logReader = createLogReader({ path: paths.journal, log });
  closers.push(logReader.close);
  const personal = openPersonal(settings, paths, secrets, log);
  closers.push(...personal.closers);
  const results = createResultFiles({ folder: paths.results, clock });
  closers.push(results.close);
  const sounder = createSounder({ clock, log });
  closers.push(sounder.close);
  const panels = createSiaReceiver({ clock, log, addresses: ownAddresses });
  closers.push(panels.close);
  const onvif = createOnvif({ clock, log });
  const barriers = createOnvifBarriers({ onvif, clock, log });
  closers.push(barriers.close);
  let origins: readonly string[] = settings.extraOrigins;
  const video = createMediaWorker({
    allowedOrigins: () => origins,
    onDefect: (error) => log.error('media worker failed', { reason: error.message }),
    onBorneDefect: (of, error) => log.error('something broke in the pictures', { of, reason: error.message }),
  });
  closers.push(video.close);
  const demo = createDemoProcess({
    dataDir: paths.folder,
    log,
    cameras: DEMO_CAMERAS,
    onReady: (controlUrl) => process.stdout.write(`演示控制台 · demo controls: ${controlUrl}\n`),
  });
  closers.push(demo.stop);

  let tellSeats: (busy: Busy) => void = () => undefined;
  const served: Demo[] = [];
  const simulated = demoFeature({
    port: demo,
    offered: settings.demo !== 'real',
    onServed: (running) => served.push(running),
  });
  const ports = {
    clock,
    ids,
    log,
    journal,
    logReader,
    ...personal.ports,
    results,
    secrets,
    pins: createPinHasher(),
    onvif,
    barriers,
    panels,
    sounder,
    video,
    later: (work: () => void) => void setImmediate(work),
    version: settings.version,
    startedAgain: again,
    panelOptions:
      settings.panelHost === null
        ? null
        : { host: settings.panelHost, port: settings.panelPort, sources: settings.panelSources },
    lastPanelPort: settings.panelPort,
    onBusy: (busy: Busy) => {
      onBusy(busy);
      tellSeats(busy);
    },
  };
  const station = createStation(ports, [...stationFeatures, simulated]);
  closers.push(station.stop);
  await station.start();
  refusePanelPort(settings, panels.listening(), station.isEmpty());
  if (settings.demo === 'demo') await Promise.all(served.map((running) => running.start(settings.lang ?? undefined)));

  const gateway = await createGateway({
    port: settings.port,
    token: settings.token,
    staticDir: settings.staticDir,
    extraOrigins: settings.extraOrigins,
    connectSeat: station.connectSeat,
    redeem: results.redeem,
    log,
    nowMs: clock.nowMs,
  });
  origins = gateway.origins;
  tellSeats = gateway.tellBusy;
  closers.push(gateway.close);
  const onFound = (cameras: readonly NamedCamera[]): void => {
    process.stderr.write(`${notices.plainPasswords(cameras)}\n`);
    log.warn('passwords of cameras stand in the journal', { cameras: cameras.map(({ name }) => name).join(', ') });
  };
  closers.push(lookForPlainPasswords({ journal, clock, log, onFound }));
  return { station, gateway, panelPort: panels.port(), stop: closeAll };
};
