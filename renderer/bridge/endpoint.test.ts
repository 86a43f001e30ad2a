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

const at = (station: string): string => `?station=${encodeURIComponent(station)}`;

it('is told by the desktop shell where the station is, together with its token, and keeps both', () => {
  const kept = storage();
  expect(readEndpoint(`app://guardroom/${at('ws://127.0.0.1:9/seat')}&token=s3`, kept)).toEqual({
    url: 'ws://127.0.0.1:9/seat',
    token: 's3',
  });
  expect(readEndpoint(`app://guardroom/${at('ws://127.0.0.1:9/seat')}`, kept).url).toBe('ws://127.0.0.1:9/seat');
  expect(readEndpoint(`app://guardroom/${at('ws://127.0.0.1:6666/seat')}`, kept).url).toBe('ws://127.0.0.1:9/seat');
});

it.each(['ws://127.0.0.1:6666/seat', 'ws://localhost:6666/seat', 'ws://192.0.2.7/seat', 'wss://evil.example/seat'])(
  'never sends token and session elsewhere because a link says so: %s',
  (station) => {
    const kept = storage();
    kept.setItem('guardroom.startToken', 's3');
    expect(readEndpoint(`http://127.0.0.1:4000/${at(station)}`, kept).url).toBe('ws://127.0.0.1:4000/seat');
    expect(readEndpoint(`http://127.0.0.1:4000/${at(station)}&token=s3`, kept).url).toBe('ws://127.0.0.1:4000/seat');
    expect(readEndpoint(`https://room.example/${at(station)}`, kept).url).toBe('wss://room.example/seat');
  },
);

it.each([
  'ws://192.0.2.7:9/seat',
  'wss://evil.example/seat',
  'ws://127.0.0.1:9/other',
  'ws://127.0.0.1:9@evil.example/seat',
  'ws://u@127.0.0.1:9/seat',
])('leads the shell to no other machine and nothing else: %s', (station) => {
  expect(readEndpoint(`app://guardroom/${at(station)}&token=s3`, storage()).url).toBe('ws://guardroom/seat');
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
