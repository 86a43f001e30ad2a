import type { Busy } from '../../contract/messages.schema.ts';
import type { Clock, Ids, Log, PinHasher } from '../ports/clock.port.ts';
import type { BarrierPort, OnvifPort, PanelPlace, PanelPort, SounderPort } from '../ports/devices.port.ts';
import type { Journal } from '../ports/journal.port.ts';
import type { LogReader } from '../ports/log-reader.port.ts';
import type { PictureStore } from '../ports/pictures.port.ts';
import type { SealedIndex } from '../ports/sealed-index.port.ts';
import type { SealedList } from '../ports/sealed-list.port.ts';
import type { ResultStore } from '../ports/results.port.ts';
import type { Secrets, Vault } from '../ports/vault.port.ts';
import type { VideoPort } from '../ports/video.port.ts';

/** All that the station needs of the world. */
export interface StationDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly journal: Journal;
  readonly logReader: LogReader;
  readonly vault: Vault;
  readonly pictures: PictureStore;
  readonly sealedIndex: SealedIndex;
  readonly sealedList: SealedList;
  readonly secrets: Secrets;
  readonly results: ResultStore;
  readonly pins: PinHasher;
  readonly onvif: OnvifPort;
  readonly barriers: BarrierPort;
  readonly panels: PanelPort;
  readonly sounder: SounderPort;
  readonly video: VideoPort;
  /** Runs it on a later turn of the process (`setImmediate`), in the order in which it was given. */
  readonly later: (work: () => void) => void;
  readonly version: string;
  /** Why the supervisor started the station again: the one before did not answer, or it ended unexpectedly; `null`: an ordinary start. */
  readonly startedAgain: 'noAnswer' | 'ended' | null;
  /** Where help receivers reach this machine, as the start options name it; `null`: as a manager chose. */
  readonly panelOptions: PanelPlace | null;
  /** The receiver's port of the last run, for as long as nobody has chosen one; 0 lets the system choose. */
  readonly lastPanelPort: number;
  /** Told as often as tables that are prepared anew have come further: this is what keeps a start that takes long from being taken for one that hangs. */
  readonly onBusy?: (busy: Busy) => void;
}
