import { defineWords } from '../kernel/catalogue.ts';
import { en } from './en.ts';
import { zhCN } from './zh-cn.ts';

export const seatsWords = defineWords({ name: 'seats', en, zhCN });
