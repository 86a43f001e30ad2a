/** Whether two zones are the same: `3`, `03` and `003` are (SIA-DCS writes a zone as it likes, ADM-CID always with three digits). */
export const sameZone = (one: string, other: string): boolean =>
  one.replace(/^0+(?=.)/, '') === other.replace(/^0+(?=.)/, '');
