import { z } from 'zod';
import { contactRoles } from '../../domain/people/contact-role.ts';
import { mixesAlphabets, tidyLine, tidyText } from '../../domain/people/name.rules.ts';
import type { Json, JsonObject } from '../../domain/kernel/json.ts';
import type { PostId } from '../../domain/posts/post.ts';

/** An id made by the station or by a seat: letters, digits, `-`, `_`, `:`, `.`; 1 to 120 characters (an alarm's id may hold two others). */
export const idText = z.string().regex(/^[A-Za-z0-9_:.-]{1,120}$/);

/** A post's id, as any other. */
export const postIdText = idText as unknown as z.ZodType<PostId>;

/** A command's id: a UUID made by the seat. */
export const commandIdText = z.uuid();

/**
 * UTC milliseconds, 1970-01-01 to the last moment that a date can name. A computer whose clock has lost its battery says 1970, 1980 or 2000, and
 * a seat there must be understood all the same: what the time is worth is decided against the station's own clock.
 */
export const utcMsNumber = z.number().min(0).max(8_640_000_000_000_000);

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    // RangeError: this platform does not know it.
    return false;
  }
};

/** A time zone that this platform knows: `Asia/Shanghai`. */
export const timeZoneText = z.string().max(60).refine(isTimeZone, { error: 'timeZone' });

/**
 * One line that people wrote, 1 to `max` code points: tidied (`tidyLine`); control characters, line and paragraph separators and words of
 * mixed alphabets are refused.
 */
export const lineText = (max: number) =>
  z
    .string()
    .transform(tidyLine)
    .refine(
      (text) =>
        text.length > 0 &&
        Array.from(text).length <= max &&
        !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text) &&
        !mixesAlphabets(text),
      { error: 'lineText' },
    );

/** Several lines that people wrote: as `lineText`, with line breaks allowed. */
export const noteText = (max: number) =>
  z
    .string()
    .transform(tidyText)
    .refine((text) => text.length > 0 && Array.from(text).length <= max && !/[^\P{Cc}\n]/u.test(text), {
      error: 'noteText',
    });

/** A device's web address. Control characters would end a line or a text where it is used. */
export const deviceUrl = z
  .string()
  .max(400)
  .regex(/^https?:\/\/[^\s\p{Cc}]+$/u);

/** A name or a password of an account on a device: anything on one line, up to `max` characters. */
export const deviceText = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !/\p{Cc}/u.test(text), { error: 'deviceText' });

/** A phone number as people write it: digits, `+`, `-`, spaces; 3 to 24 characters. */
export const phoneText = z.string().regex(/^[0-9+\- ]{3,24}$/);

/** What a manager may allow one camera although it is less safe: TLS before version 1.2, the password in the clear. */
export const cameraAllowance = z.enum(['oldTls', 'plainPassword']);
export type CameraAllowance = z.infer<typeof cameraAllowance>;

/** A PIN: 4 to 8 digits. */
export const pinText = z.string().regex(/^\d{4,8}$/);

/** What the station stores sealed and shows to those who may see it; `null` when it was forgotten or may not be seen. */
export const personal = z.string().nullable();

export const role = z.enum(['volunteer', 'guard', 'manager']);

export const contactRole = z.enum(contactRoles);

/** A plain JSON object, as facts and read models hold it. */
export const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), z.json());

/** Any plain JSON value. */
export const json: z.ZodType<Json> = z.json();
