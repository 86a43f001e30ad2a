import { alarms } from './alarms.ts';
import { duty } from './duty.ts';
import { gate } from './gate.ts';
import { log } from './log.ts';
import { receiver } from './panels.ts';
import { refusal } from './refusal.ts';
import { seat } from './seat.ts';

export const zhCN = { ...seat, ...alarms, ...gate, ...duty, ...log, ...refusal, receiver };
