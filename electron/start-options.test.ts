import { expect, it } from 'vitest';
import { parseStartOptions } from './start-options.ts';

it('has defaults that ask the person in front of the screen', () => {
  expect(parseStartOptions([])).toEqual({
    ok: true,
    value: {
      headless: false,
      port: 0,
      panelPort: 0,
      panelHost: null,
      panelSources: ['127.0.0.1'],
      dataDir: null,
      demo: 'ask',
      lang: null,
    },
  });
});

it('reads every option', () => {
  expect(
    parseStartOptions([
      '--headless',
      '--port',
      '8080',
      '--panel-port',
      '9000',
      '--panel-host',
      '0.0.0.0',
      '--panel-from',
      '192.168.1.0/24',
      '--data',
      'D:\\值守 台',
      '--demo',
      '--lang',
      'en',
    ]),
  ).toEqual({
    ok: true,
    value: {
      headless: true,
      port: 8080,
      panelPort: 9000,
      panelHost: '0.0.0.0',
      panelSources: ['192.168.1.0/24'],
      dataDir: 'D:\\值守 台',
      demo: 'demo',
      lang: 'en',
    },
  });
  expect(parseStartOptions(['--no-demo'])).toMatchObject({ value: { demo: 'real' } });
});

it.each([
  [['--port', '70000'], '65535'],
  [['--port', 'x'], '65535'],
  [['--panel-port', '-1'], '--panel-port'],
  [['--panel-host', 'here'], 'address'],
  [['--lang', 'fr'], 'zh-CN'],
  [['--demo', '--no-demo'], 'exclude'],
  [['--data', ''], 'folder'],
  [['--unknown'], '--unknown'],
])('says what is wrong with %j', (args, word) => {
  const result = parseStartOptions(args);
  expect(result.ok).toBe(false);
  expect(JSON.stringify(result)).toContain(word);
});
