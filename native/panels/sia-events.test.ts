import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePanelData } from './sia-events.ts';

describe('SIA-DCS data', () => {
  it.each([
    ['#4F39|Nri1/MA05', { code: 'MA', zone: '05', meaning: 'help', restored: false }],
    ['#4F39|NMR05', { code: 'MR', zone: '05', meaning: 'help', restored: true }],
    ['#1234|NRP0000', { code: 'RP', zone: '0000', meaning: 'test', restored: false }],
    ['#1234|FA3*"3-1-502 厨房"NM', { code: 'FA', zone: '3', meaning: 'fire', restored: false }],
    ['|NA7', { code: 'NA', zone: '7', meaning: 'help', restored: false }],
    ['#1|OP12', { code: 'OP', zone: '12', meaning: 'other', restored: false }],
    ['#1|Nti11:02/BH2^text/MA9^', { code: 'BH', zone: '2', meaning: 'burglary', restored: true }],
  ])('%s', (data, signal) => {
    expect(decodePanelData('SIA-DCS', data)).toEqual([signal]);
  });

  it('reads several events of one message, at most sixteen', () => {
    expect(decodePanelData('SIA-DCS', '#1|NBA1/TA2')?.map(({ code }) => code)).toEqual(['BA', 'TA']);
    expect(decodePanelData('SIA-DCS', `#1|N${'BA1/'.repeat(40)}`)).toHaveLength(16);
  });
});

describe('Contact ID data', () => {
  it.each([
    ['#4F39|3401 01 057', { code: '401', zone: '057', meaning: 'other', restored: true }],
    ['#4F39|1101 01 005', { code: '101', zone: '005', meaning: 'help', restored: false }],
    ['#4F39|1110 00 001', { code: '110', zone: '001', meaning: 'fire', restored: false }],
    ['#4F39|1137 00 000', { code: '137', zone: '000', meaning: 'tamper', restored: false }],
    ['#4F39|1130 00 002', { code: '130', zone: '002', meaning: 'burglary', restored: false }],
    ['#4F39|3302 00 000', { code: '302', zone: '000', meaning: 'trouble', restored: true }],
    ['#4F39|1602 00 000', { code: '602', zone: '000', meaning: 'test', restored: false }],
  ])('%s', (data, signal) => {
    expect(decodePanelData('ADM-CID', data)).toEqual([signal]);
  });
});

it('never throws and never finds an event in what has none', () => {
  expect(decodePanelData('SIA-DCS', '#1234|')).toBeNull();
  expect(decodePanelData('ADM-CID', '#1234|9999')).toBeNull();
  fc.assert(
    fc.property(fc.constantFrom('SIA-DCS' as const, 'ADM-CID' as const), fc.string(), (protocol, data) => {
      const signals = decodePanelData(protocol, data);
      expect(signals === null || signals.length > 0).toBe(true);
    }),
  );
});
