import { describe, expect, it } from 'vitest';
import { comesFrom, proposedSources, readSources } from './receiver.rules.ts';

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
