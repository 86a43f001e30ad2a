import type { PanelPlace } from '../../ports/devices.port.ts';
import { defineTable } from '../../core/table.ts';

/** Where help receivers reach this machine, as a manager chose. */
export const receiverRows = defineTable<PanelPlace>('receiver');
