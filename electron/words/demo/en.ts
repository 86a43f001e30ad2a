export const en = {
  header: {
    demo: 'Demo',
  },
  banner: {
    demoDown:
      'The simulated devices of the demo are not running and are being started. Pictures and gate come back by themselves.',
  },
  log: {
    says: {
      DemoStarted: 'This is the demo: its people are made up, its devices simulated.',
    },
  },
  refusal: {
    demoOff: 'This station was started without the demo.',
    demoOnly: 'The demo opens in an empty folder only.',
  },
};
