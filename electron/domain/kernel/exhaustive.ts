/** Proves at compile time that every case was handled; throws when a value of another type arrives at run time. */
export const exhaustive = (value: never): never => {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
};
