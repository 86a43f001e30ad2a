export const en = {
  job: {
    called: {
      exportLog: 'a table of the log',
    },
    outcome: {
      done: 'is ready',
      cancelled: 'was stopped',
      failed: 'could not be made',
      interrupted: 'was not finished because the station ended',
    },
  },
  refusal: {
    jobParams: 'The station does not understand what was asked for.',
    tooManyJobs: 'Two of these are being made already. Wait until one is ready.',
    notYourJob: 'Somebody else asked for it.',
    resultGone: 'It is gone: a file is kept for ten minutes and given out once.',
  },
  log: {
    says: {
      JobStarted: '{{who}} asked for {{job}}.',
      JobCancelled: '{{who}} stopped the making of {{job}}.',
      JobEnded: '{{job}} {{jobOutcome}}.',
    },
  },
};
