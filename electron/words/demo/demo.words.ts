import { defineWords } from '../kernel/catalogue.ts';
import { en } from './en.ts';
import { zhCN } from './zh-cn.ts';

export const demoWords = defineWords({ name: 'demo', en, zhCN });
