import { describe, expect, it } from 'vitest';
import { maskPhone } from './phone.rules.ts';
import { isPerson, refusesUnlessPerson } from './actor.rules.ts';
import { toName } from './name.rules.ts';
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

describe('a name', () => {
  it('is trimmed and composed', () => {
    expect(toName('  李阿姨 ')).toEqual({ ok: true, value: '李阿姨' });
    expect(toName('Zoe\u0301')).toEqual({ ok: true, value: 'Zoé' });
  });
  it('has at most 40 code points', () => {
    expect(toName('𠮷'.repeat(40)).ok).toBe(true);
    expect(toName('李'.repeat(41))).toEqual({ ok: false, error: { kind: 'nameTooLong', details: { most: 40 } } });
  });
  it.each(['', '   '])('"%s" is empty', (text) => {
    expect(toName(text)).toEqual({ ok: false, error: { kind: 'nameEmpty' } });
  });
  it.each(['李\n阿姨', '李\u0000', '\u202E李', '李\u2028阿姨'])(
    'with unreadable characters is refused (%j)',
    (text) => {
      expect(toName(text)).toEqual({ ok: false, error: { kind: 'nameUnreadable' } });
    },
  );
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
