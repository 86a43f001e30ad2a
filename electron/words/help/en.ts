export const en = {
  nav: {
    help: 'Keys',
  },
  help: {
    title: 'Keys',
    lead: 'Everything works without a mouse. While you type, single letters do nothing else.',
    letterKeys: 'Use single letters',
    hold: 'After the screen changes, presses do not count for (against double taps)',
    holdFor: '{{seconds}} s',
    when: {
      anywhere: 'At any time, unless something is half written',
      question: 'At the wall, with the question in front of you',
      screen: 'On this screen, with no field to fill in',
      noFields: 'With no field to fill in on the screen',
      sheet: 'While this list is open',
    },
  },
};
