import { expect, it } from 'vitest';
import { mayNavigate, mayUse } from './door-rules.ts';

it('keeps the window on its own page', () => {
  expect(mayNavigate('app://guardroom/?token=x')).toBe(true);
});

it.each([
  'https://example.org/',
  'file:///etc/passwd',
  'app://guardroom.example.org/',
  'app://other/',
  'javascript:alert(1)',
  'data:text/html,x',
])('does not let it go to %s', (address) => expect(mayNavigate(address)).toBe(false));

it.each(['loopback-network', 'local-network-access'])(
  'lets the page and its workers reach the station (%s)',
  (permission) => {
    expect(mayUse(permission, 'app://guardroom/')).toBe(true);
    expect(mayUse(permission, 'app://guardroom')).toBe(true);
    expect(mayUse(permission, '')).toBe(true);
  },
);

it('lets nobody else reach it', () => {
  expect(mayUse('loopback-network', 'https://example.org/')).toBe(false);
});

it.each(['local-network', 'media', 'geolocation', 'openExternal', 'notifications', 'fileSystem', 'usb'])(
  'grants no %s',
  (permission) => {
    expect(mayUse(permission, 'app://guardroom/')).toBe(false);
  },
);
