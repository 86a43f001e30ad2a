import { defineTable } from '../../core/table.ts';

/** A zone as it is compared: `3`, `03` and `003` are the same (SIA-DCS writes a zone as it likes, ADM-CID always with three digits). */
const plainZone = (zone: string): string => zone.replace(/^0+(?=.)/, '');

/** The help point of an account and zone, under both. */
export const zoneRows = defineTable<{ readonly helpPointId: string }>('helpPointZones');

/** `account`: as written in a frame, upper or lower case. */
export const zoneKey = (account: string, zone: string): string => `${account.toUpperCase()}/${plainZone(zone)}`;
