export const en = {
  nav: {
    room: 'Wall',
  },
  room: {
    wall: 'Camera pictures',
    empty: 'No cameras yet',
    addCamera: 'Add a camera',
    allMoving: 'All cameras connected: {{count}}',
    someMoving: 'Cameras connected: {{moving}} of {{all}}',
    size: 'Pictures at a time',
    tiles: '{{count}} at a time',
    back: 'Back to the wall',
    previous: 'Previous',
    nextPage: 'Next',
    firstPage: 'This is the first page',
    lastPage: 'This is the last page',
  },
};
