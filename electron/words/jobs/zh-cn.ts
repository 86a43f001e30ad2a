import type { SameKeys } from '../kernel/catalogue.ts';
import type { en } from './en.ts';

export const zhCN: SameKeys<typeof en> = {
  job: {
    called: {
      exportLog: '值班记录表格',
    },
    outcome: {
      done: '做好了',
      cancelled: '被停下了',
      failed: '没有做成',
      interrupted: '没有做完，值守台中途停了',
    },
  },
  refusal: {
    jobParams: '值守台不明白要做什么。',
    tooManyJobs: '已经有两份在做了，请等一份做好。',
    notYourJob: '这是别人要的。',
    resultGone: '文件已经没有了：只留十分钟，只给一次。',
  },
  log: {
    says: {
      JobStarted: '{{who}}要一份{{job}}。',
      JobCancelled: '{{who}}不要那份{{job}}了。',
      JobEnded: '{{job}}{{jobOutcome}}。',
    },
  },
};
