import { defineWords } from '../kernel/catalogue.ts';
import { en } from './en.ts';
import { zhCN } from './zh-cn.ts';

export const jobsWords = defineWords({ name: 'jobs', en, zhCN });
