import { describe, expect, it } from 'vitest';
import { maskPhone } from './phone.rules.ts';
import { isPerson, refusesUnlessPerson } from './actor.rules.ts';
import { mixesAlphabets, tidyLine, tidyText } from './name.rules.ts';
import { refusesPin } from './pin.rules.ts';

describe('a PIN', () => {
  it.each(['4071', '2580', '90210', '13572468', '1123'])('%s is taken', (pin) => {
    expect(refusesPin(pin)).toBeNull();
  });
  it.each(['0000', '1234', '4321', '7890', '0987', '1212', '686868', '99999999', '12121'])('%s is trivial', (pin) => {
    expect(refusesPin(pin)).toEqual({ kind: 'pinTrivial' });
  });
  it.each(['', '123', '123456789', '12a4', '１２３４', ' 4071'])('"%s" has the wrong form', (pin) => {
    expect(refusesPin(pin)).toEqual({ kind: 'pinFormat', details: { least: 4, most: 8 } });
  });
});

describe('a phone number that need not be called', () => {
  it.each([
    ['13800000001', '138******01'],
    ['138 0000 0001', '138 **** **01'],
    ['+86 138-0000-0001', '+86 1**-****-**01'],
    ['120', '120'],
    ['12345', '12345'],
    ['', ''],
  ])('%s is shown as %s', (phone, shown) => {
    expect(maskPhone(phone)).toBe(shown);
  });
});

describe('a line that people wrote', () => {
  it.each([
    ['direction turned round', '\u202E师傅李', '师傅李'],
    ['isolates', '\u2066李\u2069阿姨', '李阿姨'],
    ['blanks that cannot be seen', '李\u200B阿\u2060姨\uFEFF', '李阿姨'],
    ['a Hangul filler and a Braille blank', '\u3164李\u2800', '李'],
    ['variation selectors and tags', '李\uFE0F\u{E0041}', '李'],
    ['blanks of other kinds', ' 李\u00A0\u3000阿姨 ', '李 阿姨'],
    ['wide letters and digits', '３-１-５０２ ＡＢ', '3-1-502 AB'],
    ['decomposed letters', 'Rene\u0301', 'Ren\u00E9'],
    ['a hyphen that is soft', 'A\u00ADB', 'AB'],
  ])('is kept without %s', (_what, text, kept) => expect(tidyLine(text)).toBe(kept));

  it('keeps what Chinese and other scripts need', () => {
    for (const text of ['李（大）阿姨', '陈·买买提', 'Антон', 'Nguyễn Văn', '3号楼①', '👵 王奶奶'])
      expect(tidyLine(text)).toBe(text);
  });

  it('of several lines keeps its lines', () => expect(tidyText(' 一\n二\u200B ')).toBe('一\n二'));

  it.each([
    ['Li W\u0430ng', true],
    ['\u0391lice', true],
    ['Антон Li', false],
    ['李 Wang', false],
    ['Ωmega', true],
  ])('"%s" mixes alphabets that look alike: %s', (text, mixed) => expect(mixesAlphabets(text)).toBe(mixed));
});

describe('an actor', () => {
  it.each(['', ' ', 'station', 'device:panel-1', 'device:'])('"%s" is no person', (actor) => {
    expect(isPerson(actor)).toBe(false);
    expect(refusesUnlessPerson(actor)).toEqual({ kind: 'needsPerson' });
  });
  it('that is a person may act', () => {
    expect(refusesUnlessPerson('person-1')).toBeNull();
  });
});
