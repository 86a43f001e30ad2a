import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';

/** What a sequence parameter set says about the pictures. */
export interface PictureFormat {
  readonly codec: 'h264' | 'h265';
  /** RFC 6381 string for WebCodecs. */
  readonly codecString: string;
  /** Visible size in pixels, 1 to 8192 each. */
  readonly width: number;
  readonly height: number;
}

/** `malformed` can be a flipped bit and is overcome by the next one; `tooLarge` is a picture no seat should decode. */
export type FormatError = { readonly kind: 'malformed' } | { readonly kind: 'tooLarge' };

/** What may be left behind the last field of a parameter set (bits): some makers add a few bytes of their own. */
export const MAX_LEFT_BITS = 64;
/** Longest sequence parameter set that is read; real ones have 10 to 200 bytes. */
export const MAX_SPS_BYTES = 4096;
const MAX_SIDE = 8192;
/** 8192 x 4352, the largest picture of H.264 level 6.2: a claim of 8192 x 8192 would cost a decoder a gigabyte. */
const MAX_AREA = 35_651_584;

/** Accepts a size a decoder can be asked to bear. */
export const checkedFormat = (format: PictureFormat): Result<PictureFormat, FormatError> => {
  const { width, height } = format;
  if (!Number.isSafeInteger(width) || !Number.isSafeInteger(height)) return err({ kind: 'malformed' });
  if (width < 1 || height < 1) return err({ kind: 'malformed' });
  if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_AREA) return err({ kind: 'tooLarge' });
  return ok(format);
};
