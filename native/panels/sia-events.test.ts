import { fuzz } from '../../tests/support/long.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePanelData } from './sia-events.ts';

const read = (protocol: 'SIA-DCS' | 'ADM-CID', data: string): readonly string[] =>
  decodePanelData(protocol, data).signals.map(
    ({ code, zone, number, meaning, restored }) =>
      `${code} ${number} ${zone === '' ? '-' : zone} ${meaning}${restored ? ' over' : ''}`,
  );

describe('SIA-DCS data', () => {
  it.each([
    ['#4F39|Nri1/MA05', ['MA zone 05 help']],
    ['#4F39|NMR05', ['MR zone 05 help over']],
    ['#1234|NRP0000', ['RP none 0000 test']],
    ['#1234|FA3*"3-1-502 厨房"NM', ['FA zone 3 fire']],
    ['|NA7', ['NA zone 7 atRisk']],
    ['|NNA7', ['NA zone 7 atRisk']],
    ['#1|OP12', ['OP user 12 arming']],
    ['#1234|Nti11:02/BH2^text/MA9^', ['BH zone 2 burglary over']],
    ['#1234|NBA1/TA2', ['BA zone 1 burglary', 'TA zone 2 tamper']],
  ])('%s', (data, signals) => {
    expect(read('SIA-DCS', data)).toEqual(signals);
  });

  it.each([
    ['#1234|Nri2BA3', ['BA zone 3 burglary']],
    ['#1234|Nri2PA3', ['PA zone 3 panic']],
    ['#1234|Nri12id004OP4', ['OP user 4 arming']],
    ['#1234|Nti12:34:56ri1FA7', ['FA zone 7 fire']],
    ['#1234|Nda11-25-26/ri1/id02/CL02', ['CL user 02 arming']],
    ['#1234|Nri1/pi010/QA3', ['QA zone 3 help']],
    ['#1234|Nph5551234/MA9', ['MA zone 9 help']],
    ['#1234|Nri0A/MA9', ['MA zone 9 help']],
  ])('modifiers without a slash: %s (dc09_spt, ioBroker.sia 3)', (data, signals) => {
    expect(read('SIA-DCS', data)).toEqual(signals);
  });

  it.each([
    ['#1234|Nri1/OP/ATom unset', ['OP user - arming']],
    ['#1234|Nri1/OP12/ATom unset|Nri1/FA3', ['OP user 12 arming', 'FA zone 3 fire']],
    ['#1234|Nri1/FA3/AHall/BA7 corridor', ['FA zone 3 fire']],
    ['#1234|NFA3|AFire in the hall|NMA4', ['FA zone 3 fire', 'MA zone 4 help']],
    ['#1234|Nri1/AT00', ['AT device 00 trouble']],
    ['#1234|NAR', ['AR device - trouble over']],
  ])('texts of Extended SIA3: %s (Eaton i-on)', (data, signals) => {
    expect(read('SIA-DCS', data)).toEqual(signals);
  });

  it.each([
    ["#1234|NCL501*'O'Brien/FA1'NM", ['CL user 501 arming']],
    ['#1234|NFA3^Kitchen/BA4', ['FA zone 3 fire', 'BA zone 4 burglary']],
    ['#1234|NFA3*"Kitchen|NBA4', ['FA zone 3 fire', 'BA zone 4 burglary']],
  ])('texts between marks, closed or not: %s', (data, signals) => {
    expect(read('SIA-DCS', data)).toEqual(signals);
  });

  it.each(['CL', 'OP', 'CA', 'OA', 'CG', 'OG', 'CF', 'CR', 'OR', 'BC', 'FC', 'OC', 'JA', 'JV', 'JY', 'CQ', 'OQ'])(
    'the number behind %s is no zone (GX and i-on manuals)',
    (code) => {
      expect(decodePanelData('SIA-DCS', `#1234|Nri1/${code}3`).signals).toMatchObject([{ code, zone: '3' }]);
      expect(['user', 'area']).toContain(decodePanelData('SIA-DCS', `#1234|Nri1/${code}3`).signals[0]?.number);
    },
  );

  it('keeps a code that no table knows, as an alarm of unknown kind', () => {
    expect(read('SIA-DCS', '#1234|NZQ4')).toEqual(['ZQ unknown 4 unclear']);
    expect(read('SIA-DCS', '#1234|Nri1ZQ4')).toEqual(['ZQ unknown 4 unclear']);
    expect(read('SIA-DCS', '#1234|NUA4')).toEqual(['UA zone 4 unclear']);
  });

  it('takes 64 events, and says that there were more', () => {
    const signals = read('SIA-DCS', `#1234|N${'BA1/'.repeat(100)}`);
    expect(signals).toHaveLength(64);
    expect(signals.at(-1)).toBe(' unknown - unclear');
  });

  it.each([
    ['#12af|NMA1', '12AF'],
    ['12AF|NMA1', '12AF'],
    ['|NMA1', null],
    ['NMA1', null],
  ])('finds whose it is inside of %s (ioBroker.sia 3, 4)', (data, account) => {
    expect(decodePanelData('SIA-DCS', data)).toMatchObject({ account, signals: [{ code: 'MA', zone: '1' }] });
  });
});

describe('Contact ID data', () => {
  it.each([
    ['#4F39|3401 01 057', ['401 user 057 arming over']],
    ['#4F39|1101 01 005', ['101 zone 005 help']],
    ['#4F39|1110 00 001', ['110 zone 001 fire']],
    ['#4F39|1120 00 001', ['120 zone 001 panic']],
    ['#4F39|1121 00 001', ['121 user 001 panic']],
    ['#4F39|1137 00 000', ['137 zone 000 tamper']],
    ['#4F39|1130 00 002', ['130 zone 002 burglary']],
    ['#4F39|6130 00 002', ['130 zone 002 burglary']],
    ['#4F39|3302 00 000', ['302 device 000 trouble over']],
    ['#4F39|1602 00 000', ['602 none 000 test']],
    ['#4F39|1151 00 004', ['151 zone 004 gas']],
    ['#4F39|1140 00 004', ['140 zone 004 unclear']],
    ['#4F39|110101005', ['101 zone 005 help']],
    ['#4F39|18 1101 01 005', ['101 zone 005 help']],
    ['#4F39|18110101005', ['101 zone 005 help']],
    ['#4F39|11A1 0A AA5', ['101 zone AA5 help']],
    ['#4F39|1101  1  5', ['101 zone 5 help']],
    ['#4F39|1101', ['101 zone - help']],
    ['#4F39|1101 01 005|1110 01 006', ['101 zone 005 help', '110 zone 006 fire']],
    ['#4F39|1999 01 005', ['999 unknown 005 unclear']],
    ['#4F39|2101 01 005', ['101 unknown 005 unclear']],
  ])('%s', (data, signals) => {
    expect(read('ADM-CID', data)).toEqual(signals);
  });

  it('is read where the panel names the other form', () => {
    expect(read('SIA-DCS', '#4F39|1101 01 005')).toEqual(['101 zone 005 help']);
    expect(read('ADM-CID', '#4F39|NMA5')).toEqual(['MA zone 5 help']);
  });
});

it('never throws, and finds no event in what has none', () => {
  expect(decodePanelData('SIA-DCS', '#1234|').signals).toEqual([]);
  expect(decodePanelData('ADM-CID', '#1234|what').signals).toEqual([]);
  fc.assert(
    fc.property(fc.constantFrom('SIA-DCS' as const, 'ADM-CID' as const), fc.string(), (protocol, data) => {
      expect(decodePanelData(protocol, data).signals.length).toBeLessThanOrEqual(64);
    }),
    fuzz(100, 50_000),
  );
});
