import { expect, it } from 'vitest';
import { mayNavigate } from './door-rules.ts';

it('keeps the window on its own page', () => {
  expect(mayNavigate('app://guardroom/?token=x')).toBe(true);
});

it.each(['https://example.org/', 'file:///etc/passwd', 'app://guardroom.example.org/', 'app://other/', 'javascript:alert(1)', 'data:text/html,x'])(
  'does not let it go to %s',
  (address) => expect(mayNavigate(address)).toBe(false),
);
