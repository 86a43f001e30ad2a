/** Keys of single pictures: made at random, sealed by the vault under the picture's subject, and opened by it again. */
import { sealed, type SubjectId } from '../../electron/domain/kernel/ids.ts';
import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import { JournalError } from '../../electron/station/ports/journal.port.ts';
import type { PictureRefusal } from '../../electron/station/ports/pictures.port.ts';
import { SubjectForgottenError, type Vault } from '../../electron/station/ports/vault.port.ts';
import { keyBytes, nonceBytes, type Randomness } from '../os/secrets-cipher.ts';
import type { PictureKey } from './picture-file.ts';

/** A key for one picture; what the vault refuses comes out as a refusal. */
export const makePictureKey = (
  vault: Pick<Vault, 'seal'>,
  randomness: Randomness,
  subject: SubjectId,
): Result<PictureKey, PictureRefusal> => {
  const key = randomness.bytes(keyBytes);
  try {
    return ok({
      key,
      nonce: randomness.bytes(nonceBytes),
      sealedKey: vault.seal(subject, key.toString('base64url')),
    });
  } catch (error) {
    if (error instanceof SubjectForgottenError) return err({ kind: 'forgotten' });
    if (!(error instanceof JournalError)) throw error;
    return err(error.fault.kind === 'diskFull' ? { kind: 'diskFull' } : { kind: 'failed', detail: error.message });
  }
};

/** The key of a picture, `null` where the vault does not open it. Throws `JournalError`. */
export const openPictureKey = (vault: Pick<Vault, 'open'>, sealedKey: string): Uint8Array | null => {
  const text = vault.open(sealed(sealedKey));
  const key = text === null ? null : Buffer.from(text, 'base64url');
  return key?.length === keyBytes ? key : null;
};
