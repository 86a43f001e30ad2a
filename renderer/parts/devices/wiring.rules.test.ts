import { expect, it } from 'vitest';
import { doubtOf } from './wiring.rules.ts';

const named = ['RelayOpen', 'RelayClose'];

it.each([
  ['what the camera names', 'RelayOpen', 'RelayClose', named, null],
  ['the same with blanks around it, which are not saved', ' RelayOpen ', '', named, null],
  ['a number, as on the terminals', '1', '2', named, 'unknownName'],
  ['another spelling: devices compare letter by letter', 'relayopen', 'RelayClose', named, 'unknownName'],
  ['a part of a name', 'Relay', 'RelayClose', named, 'unknownName'],
  ['the same for up and down', 'RelayOpen', ' RelayOpen', named, 'sameTwice'],
  ['the same for up and down, while the camera is away', '1', '1', null, 'sameTwice'],
  ['anything, while the camera has not said', '1', '2', null, null],
  ['anything, where the camera lists nothing: some drive what they do not list', '1', '2', [], null],
  ['nothing yet', ' ', '', named, null],
] as const)('%s', (_what, value, other, names, doubt) => {
  expect(doubtOf({ value, other, named: names })).toBe(doubt);
});
