/** A text file that takes lines and never more than so many bytes, and that no failing disk can make anybody's trouble. */
import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';

export interface BoundedFile {
  /** Adds a line (with its line end). Answers whether it is in the file; never throws. */
  readonly add: (line: string) => boolean;
  readonly close: () => void;
}

interface Opened {
  readonly handle: number;
  bytes: number;
}

export interface BoundedFileRequest {
  readonly file: string;
  /** Where a full file is put; the one that was there before is gone then. */
  readonly aside: string;
  readonly mostBytes: number;
}

const openAt = (file: string): Opened => {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = openSync(file, 'a', 0o600);
  try {
    return { handle, bytes: fstatSync(handle).size };
  } catch (error) {
    closeSync(handle);
    throw error;
  }
};

/** A line stands in the file whole or not at all: what a full disk took of it is cut off again. Throws what the file system throws. */
const writeWhole = ({ handle, bytes }: Opened, data: Buffer): void => {
  try {
    for (let done = 0; done < data.length;) done += writeSync(handle, data, done);
  } catch (error) {
    ftruncateSync(handle, bytes);
    throw error;
  }
};

/** Opened by the first line, and again by the first one after it failed. */
export const createBoundedFile = ({ file, aside, mostBytes }: BoundedFileRequest): BoundedFile => {
  let opened: Opened | null = null;

  const close = (): void => {
    const last = opened;
    opened = null;
    try {
      if (last !== null) closeSync(last.handle);
    } catch {
      // Some file systems tell only here that they had no room; the line counts as written, and nothing can be done about it.
    }
  };

  const putAside = (full: Opened): Opened => {
    close();
    try {
      renameSync(file, aside);
    } catch {
      // Windows lets nobody rename what somebody looks at: then the space is bounded by beginning anew.
      const handle = openSync(file, 'r+');
      ftruncateSync(handle, 0);
      closeSync(handle);
      full.bytes = 0;
    }
    return openAt(file);
  };

  return {
    add: (line) => {
      const data = Buffer.from(line, 'utf8');
      try {
        opened ??= openAt(file);
        if (opened.bytes > 0 && opened.bytes + data.length > mostBytes) opened = putAside(opened);
        writeWhole(opened, data);
        opened.bytes += data.length;
        return true;
      } catch {
        close();
        return false;
      }
    },
    close,
  };
};
