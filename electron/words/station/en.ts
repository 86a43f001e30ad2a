export const en = {
  log: {
    says: {
      ClockJumped: "The station's clock was changed.",
      StationStarted: 'The station started{{again}}.',
      FingerprintKeyMade: 'The station made itself ready.',
    },
  },
};
