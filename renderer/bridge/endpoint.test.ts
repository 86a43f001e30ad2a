import { expect, it } from 'vitest';
import { readEndpoint, withoutToken, withTicketSpent } from './endpoint.ts';

const storage = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
};

it('takes the page’s own host, and keeps the token when it is gone from the address', () => {
  const kept = storage();
  expect(readEndpoint('http://127.0.0.1:4000/?token=s3#/gate', kept)).toEqual({
    url: 'ws://127.0.0.1:4000/seat',
    token: 's3',
  });
  expect(readEndpoint('http://127.0.0.1:4000/#/gate', kept)).toEqual({ url: 'ws://127.0.0.1:4000/seat', token: 's3' });
  expect(readEndpoint('https://room.example/', storage())).toEqual({ url: 'wss://room.example/seat', token: null });
});

it('can be pointed at another station', () => {
  expect(readEndpoint('app://seat/?station=ws%3A%2F%2F127.0.0.1%3A9%2Fseat', storage()).url).toBe(
    'ws://127.0.0.1:9/seat',
  );
});

it('spends a ticket for the token, and goes on without one that is spent', async () => {
  const asked: string[] = [];
  const spend = async (ticket: string): Promise<string | null> => {
    asked.push(ticket);
    return ticket === 'good' ? 's3' : null;
  };
  expect(await withTicketSpent('http://127.0.0.1:4000/?ticket=good&lang=en#/log', spend)).toBe(
    'http://127.0.0.1:4000/?lang=en&token=s3#/log',
  );
  expect(await withTicketSpent('http://127.0.0.1:4000/?ticket=old&lang=en', spend)).toBe(
    'http://127.0.0.1:4000/?lang=en',
  );
  expect(await withTicketSpent('http://127.0.0.1:4000/?token=s3', spend)).toBe('http://127.0.0.1:4000/?token=s3');
  expect(asked).toEqual(['good', 'old']);
  expect(withoutToken('http://127.0.0.1:4000/?ticket=good')).toBe('http://127.0.0.1:4000/');
});

it('takes the token out of the address and leaves the rest', () => {
  expect(withoutToken('http://127.0.0.1:4000/?token=s3&lang=en#/log')).toBe('http://127.0.0.1:4000/?lang=en#/log');
});
