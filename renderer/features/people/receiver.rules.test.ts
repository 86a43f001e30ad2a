import { describe, expect, it } from 'vitest';
import { comesFrom, proposedSources, readSources, receiverState } from './receiver.rules.ts';

describe('the receiver form', () => {
  it('proposes the network of the chosen address', () => {
    expect(proposedSources('192.168.1.40')).toBe('192.168.1.0/24');
    expect(proposedSources('127.0.0.1')).toBe('127.0.0.1');
  });

  it.each([
    ['192.168.1.50', ['192.168.1.50']],
    ['192.168.1.0/24， 10.0.0.9、10.0.1.0/8', ['192.168.1.0/24', '10.0.0.9', '10.0.1.0/8']],
    ['', null],
    ['192.168.1', null],
    ['192.168.1.300', null],
    ['192.168.1.0/33', null],
    ['192.168.1.0/24/1', null],
    ['panel.local', null],
  ])('reads %j', (text, sources) => {
    expect(readSources(text)).toEqual(sources);
  });

  const place = { host: '192.0.2.7', port: 12_128, sources: ['192.0.2.0/24'] };
  const reply = { chosen: null, options: null, addresses: [], seen: [] };
  it.each([
    [{ ...reply, listening: { state: 'listening', host: '127.0.0.1', port: 4 } }, 'notSet'],
    [{ ...reply, chosen: place, listening: { state: 'listening', host: '192.0.2.7', port: 12_128 } }, 'ok'],
    [{ ...reply, options: place, listening: { state: 'listening', host: '192.0.2.7', port: 12_128 } }, 'ok'],
    [{ ...reply, chosen: place, listening: { state: 'listening', host: '127.0.0.1', port: 12_128 } }, 'thisPcOnly'],
    [{ ...reply, chosen: place, listening: { state: 'failed', fault: 'portTaken' } }, 'failed'],
  ] as const)('tells how it stands', (given, state) => {
    expect(
      receiverState({
        ...given,
        chosen: given.chosen && { ...place },
        options: given.options && { ...place },
        addresses: [],
        seen: [],
      }),
    ).toBe(state);
  });

  it('knows the button that was pressed for a trial, however its number is written', () => {
    const seen = {
      atMs: 1,
      source: '192.0.2.9',
      account: '4F39',
      readAs: 'event',
      meaning: 'help',
      zone: '003',
    } as const;
    expect(comesFrom(seen, '4f39', '3')).toBe('same');
    expect(comesFrom(seen, '4f39', '4')).toBe('other');
    expect(comesFrom({ ...seen, readAs: 'unknownAccount', account: '7777' }, '4f39', '3')).toBe('other');
    expect(comesFrom({ ...seen, readAs: 'alive', meaning: null, zone: '' }, '4f39', '3')).toBe('none');
  });
});
