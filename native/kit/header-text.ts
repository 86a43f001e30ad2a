/**
 * Text as the bytes of UTF-8, one a character: Latin-1 to Node, which is how header lines are read and written (RFC 7616 section 4). What a
 * device says in them is sent back unchanged, in whatever encoding it was.
 */
export const asBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** The text of such bytes, where they are UTF-8. */
export const fromBytes = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');
