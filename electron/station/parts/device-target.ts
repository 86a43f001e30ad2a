/** How devices are reached, from what a manager set up. Passwords are decrypted in memory only. */
import type { Privacy } from '../core/privacy.ts';
import type { Log } from '../ports/clock.port.ts';
import type { OnvifTarget } from '../ports/devices.port.ts';
import type { JournalReader } from '../ports/journal.port.ts';
import type { Secrets } from '../ports/vault.port.ts';
import { cameraRows, cameraSecretRows } from './rows.ts';

export interface Targets {
  /** The decrypted password of a camera, or `null`. */
  readonly passwordOf: (cameraId: string) => string | null;
  /** The opened address, or `null` where there is none or its key is gone. */
  readonly addressOf: (sealed: string | null) => string | null;
  /** How to reach the device of a camera that is set up; `null` where there is none, or only a stream. */
  readonly deviceOf: (cameraId: string) => OnvifTarget | null;
}

export interface TargetsDeps {
  readonly journal: JournalReader;
  readonly log: Log;
  readonly secrets: Secrets;
  readonly privacy: Pick<Privacy, 'openText'>;
}

export const createTargets = ({ journal, log, secrets, privacy }: TargetsDeps): Targets => {
  const passwordOf = (cameraId: string): string | null => {
    const cipher = cameraSecretRows.get(journal, cameraId)?.passwordCipher ?? null;
    const plain = cipher === null ? null : secrets.decrypt(cipher);
    if (cipher !== null && plain === null) log.warn('the password of a camera cannot be read any more', { cameraId });
    return plain;
  };
  const addressOf = (sealed: string | null): string | null => (sealed === null ? null : privacy.openText(sealed));
  return {
    passwordOf,
    addressOf,
    deviceOf: (cameraId) => {
      const camera = cameraRows.get(journal, cameraId);
      const address = addressOf(camera?.onvifAddress ?? null);
      if (camera === null || address === null) return null;
      return { address, username: camera.username, password: passwordOf(cameraId) };
    },
  };
};
