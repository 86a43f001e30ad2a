/** Single pictures that are kept: of the moment of a call, of a visitor, of a passage. */
import type { SubjectId } from '../../domain/kernel/ids.ts';
import type { Result } from '../../domain/kernel/result.ts';

/**
 * One picture. `jpeg`: as the device made it. `keyFrame`: the newest key frame of a stream as it came, an Annex B byte stream with its parameter
 * sets in front (as on the video socket), which the seat decodes; `codec` is the RFC 6381 string for WebCodecs.
 */
export type Picture =
  | { readonly form: 'jpeg'; readonly bytes: Uint8Array }
  | {
      readonly form: 'keyFrame';
      readonly codec: string;
      /** Pixels. */
      readonly width: number;
      readonly height: number;
      readonly bytes: Uint8Array;
    };

/** Bytes of one picture at most: a key frame of 3840x2160 at the best quality that cameras offer has about 3 MB. */
export const MOST_PICTURE_BYTES = 8 * 1024 * 1024;

/** Of a picture that is kept: the SHA-256 of its ciphertext, 64 hex digits. Facts carry it, so that the chain holds the picture too. */
export type PictureName = string;

/**
 * Why a picture was not kept. `forgotten`: its subject was. `noRoom`: the store is full of what is locked. `diskFull`: what the disk has left is the
 * journal's. `busy`: too many wait to be written. `failed`: the file system said no.
 */
export type PictureRefusal =
  | { readonly kind: 'forgotten' | 'tooLarge' | 'noRoom' | 'diskFull' | 'busy' }
  | { readonly kind: 'failed'; readonly detail: string };

/** Why a picture is not shown. `missing`: it made room for newer ones, or was never here. `damaged`: its bytes are not those that were kept. */
export type PictureFault =
  { readonly kind: 'forgotten' | 'missing' | 'damaged' } | { readonly kind: 'failed'; readonly detail: string };

/**
 * Keeps pictures encrypted under their subject's key (an incident, a visit, a day), bounded by bytes: the oldest of those that are not locked make
 * room. Nothing is ever shown that is not, bit by bit, what was kept.
 */
export interface PictureStore {
  /** Resolves with the name when the picture would survive a power cut; whatever is killed before that leaves nothing. Throws nothing. */
  readonly keep: (subject: SubjectId, picture: Picture) => Promise<Result<PictureName, PictureRefusal>>;
  /** The picture of this name that was kept under this subject. Throws nothing. */
  readonly look: (subject: SubjectId, name: PictureName) => Promise<Result<Picture, PictureFault>>;
  /**
   * From now on pictures of exactly these subjects make no room for others: of open incidents, and of what is evidence. Before the first call
   * nothing makes room.
   */
  readonly lock: (subjects: ReadonlySet<SubjectId>) => void;
  /**
   * Removes the files of subjects who were forgotten; their pictures cannot be read from the moment their keys are gone. Rejects when a file could
   * not be removed, and then it is to be asked again; what a stopped station left is removed when it starts. Safe to repeat.
   */
  readonly forget: (subjects: readonly SubjectId[]) => Promise<void>;
  /** Resolves when what was asked for before is done; refuses from then on. */
  readonly close: () => Promise<void>;
}
