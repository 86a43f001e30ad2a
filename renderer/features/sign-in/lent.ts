/** Whose seat this was when somebody else signed in at it: kept until that person has it back, or is responsible no more. */
const KEY = 'guardroom.lentBy';

export const lentBy = (storage: Pick<Storage, 'getItem'>): string | null => storage.getItem(KEY);

export const keepLent = (storage: Pick<Storage, 'setItem' | 'removeItem'>, personId: string | null): void => {
  if (personId === null) storage.removeItem(KEY);
  else storage.setItem(KEY, personId);
};
