/** Alarms and incidents. */
export const alarms = {
  priority: { life: 'Help', high: 'Urgent', medium: 'Check', low: 'Notice' },
  column: { label: 'What is open', title: 'To deal with', nothing: 'All is quiet', nothingNext: 'When something happens, you are led through it here, step by step.', moreBelow: 'More below ↓', since: 'since {{time}}', signInFirst: 'Sign in first to deal with it.' },
  alarm: {
    somewhere: 'in the community', resident: 'the resident', whose: '{{place}}: {{resident}}', since: 'since {{time}}', times: 'reported {{count}} times', over: 'it is over', known: '{{name}} has seen it', acknowledge: 'I have seen it', acknowledgeHint: 'The log says that you have seen it',
    goTo: { gate: 'Look at the gate', takeover: 'Take over', log: 'Look at the log', room: 'Look at the wall' },
    helpButton: { says: '{{whose}} pressed the help button', means: 'Somebody needs help.', next: 'Press "I take this" and follow the questions.' },
    panelSilent: { says: 'The help receiver {{account}} has gone silent', means: 'A help button pressed now may not be heard.', next: 'Check the receiver\'s power and cable, and tell a manager.' },
    cameraLost: { says: 'No picture from {{camera}}', means: 'You cannot see that place now. The station keeps trying; the picture comes back by itself.', next: 'Send somebody to check the power and the cable.' },
    cameraTamper: { says: '{{camera}} may be covered or turned', means: 'It may not show what it should.', next: 'Look at the picture, and send somebody if in doubt.' },
    barrierUnconfirmed: { says: '{{barrier}}: the arm was not seen in place', means: 'The command went out, but nobody knows where the arm is.', next: 'Look at the picture, then say where the arm is.' },
    postUnstaffed: { says: 'Nobody is on duty in the room', means: 'If something happens, nobody is responsible.', next: 'Take over, or call somebody in.' },
    journalBroken: { says: 'The log was changed', means: 'Some lines are not as they were written.', next: 'Look at the log page, and tell a manager.' },
    clockJumped: { says: 'The station\'s clock was changed', means: 'Times in the log may not fit together.', next: 'Check the computer\'s time and write a note.' },
    diskLow: { says: 'The station\'s disk is nearly full', means: 'Before long the log cannot be written.', next: 'Tell a manager to make room.' },
  },
  siren: { sounding: 'The siren is sounding.', silence: 'Turn the siren off', silenceHint: 'It stays open, and sounds again if nobody acts', quietHere: 'Mute here for one minute' },
  incident: {
    claim: 'I take this', claimHint: 'Everybody sees that you are on it', mine: 'You are on it', claimedBy: '{{name}} is on it', takeOver: 'I take it over', park: 'Set aside for now', parkReason: 'Why set it aside?', parkNeedsReason: 'Write the reason first',
    parkFor: 'Remind me in {{minutes}} min', parked: 'Set aside until {{time}}. Reason: {{reason}}', resume: 'Go on now',
  },
  question: { progress: 'Question {{done}} of about {{all}}', back: 'Back', readAloud: 'Read it to me' },
  escalation: {
    now: { siren: 'Nobody has acted, so the siren sounds.', sirenMute: 'Nobody has acted. This machine has no siren: call out loud.', allSeats: 'All seats are sounding.', phoneList: 'Still nobody has acted. Call from the phone list.' },
    next: {
      waiting: 'If nobody acts, the siren sounds in {{left}} (at {{time}}).', waitingMute: 'If nobody acts by {{time}}, call out loud: this machine has no siren.', siren: 'If still nobody acts, muted seats sound again in {{left}} (at {{time}}).', sirenMute: 'If still nobody acts, muted seats sound again in {{left}} (at {{time}}).', allSeats: 'If still nobody acts, the phone list comes up in {{left}} (at {{time}}).', phoneList: '',
      attended: 'If nothing happens by {{time}}, the calling begins again.', ended: '',
    },
  },
  resolve: { question: 'How did it end?', note: 'Anything to add? (may stay empty)', early: 'Skip the questions and close it' },
  resolution: { personSafe: 'The person is safe', handedToAmbulance: 'Handed over to the ambulance', handedToFamily: 'Handed over to the family', falseAlarm: 'Pressed by mistake', testAlarm: 'A test' },
  procedure: {
    help: {
      reach: { question: 'Call {{resident}}. Does anybody answer?', hint: '{{place}}. Say first: hello, do you need help?', answer: { answered: 'Somebody answers', noAnswer: 'No answer', unsure: 'I am not sure' } },
      needAmbulance: { question: 'Is an ambulance needed?', hint: 'Yes for chest pain, short breath, a bad fall or slurred speech.', answer: { yes: 'Yes', no: 'No', unsure: 'I am not sure' } },
      call120: { question: 'Dial 120. Did you get through?', hint: 'Tell them: {{place}}, who is unwell, how, and which gate to use.', answer: { called: 'I got through', cannot: 'I cannot get through', unsure: 'I am not sure' } },
      openGate: { question: 'Is the gate open for the ambulance?', hint: 'You can open it here with two taps.', answer: { opened: 'It is open', notNeeded: 'Not needed', unsure: 'I am not sure' } },
      sendSomebody: { question: 'Is somebody on the way to {{place}}?', hint: 'Call from the phone list and ask somebody near.', answer: { onTheWay: 'Somebody is going', nobodyFree: 'Nobody can go', unsure: 'I am not sure' } },
      seen: { question: 'Has somebody seen {{resident}} with their own eyes?', hint: 'It counts only when somebody stands beside them.', answer: { seenSafe: 'Seen, and safe', seenNeedsCare: 'Seen, needs care', notYet: 'Not yet', unsure: 'I am not sure' } },
      withPerson: { question: 'Who is with {{resident}} now?', hint: 'Do not leave them alone until somebody takes over.', answer: { ambulance: 'The ambulance', family: 'The family', nobodyYet: 'Nobody yet', unsure: 'I am not sure' } },
    },
  },
};
