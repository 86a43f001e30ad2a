export const en = {
  log: {
    says: {
      ClockJumped: "The station's clock was changed.",
      StationStarted: 'The station started{{again}}.',
      StationNamed: 'The station began its log.',
      FingerprintKeyMade: 'The station made itself ready.',
    },
  },
};
