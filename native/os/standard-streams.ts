/**
 * What is printed for people may go into a file on a full disk, or to a reader that has gone: Node then raises an error on the stream, and one
 * that nobody listens to ends the program. To be called once, before anything is printed.
 */
export const keepStandardStreams = (): void => {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
};
