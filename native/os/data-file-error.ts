/** What is wrong with a file of the data folder that cannot be made anew without losing what it opens or proves. */
export type DataFileFault = 'missing' | 'damaged' | 'foreign';

/** Thrown before anything is changed: the file is left as it is found, and so are all others. */
export class DataFileError extends Error {
  readonly file: string;
  readonly fault: DataFileFault;
  constructor(file: string, fault: DataFileFault, options?: { readonly cause: unknown }) {
    super(`${file} is ${fault}`, options);
    this.name = 'DataFileError';
    this.file = file;
    this.fault = fault;
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** A file's bytes; a folder in its place is a damaged file. Throws what else the file system throws (`EACCES` has its sentence elsewhere). */
export const readDataFile = (file: string, read: (file: string) => Buffer): Buffer => {
  try {
    return read(file);
  } catch (error) {
    if (codeOf(error) === 'EISDIR') throw new DataFileError(file, 'damaged', { cause: error });
    if (codeOf(error) === 'ENOENT') throw new DataFileError(file, 'missing', { cause: error });
    throw error;
  }
};
