export const en = {
  nav: {
    note: 'Write a note',
  },
  note: {
    title: 'Write a note',
    label: 'What happened?',
    hint: "It goes into the shift's log and cannot be removed.",
    save: 'Write it down',
    writeFirst: 'Write something first',
    discard: 'Do not write it',
  },
};
