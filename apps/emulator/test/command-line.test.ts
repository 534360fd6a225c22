import { describe, expect, test } from 'vitest';
import { count, list, live, onOff, port, readFlags, text, usageOf } from '../src/command-line.ts';

const env = { TWELVE_LABS_API_KEY: 'tlk_1' };
const flags = {
  quick: onOff('less of it'),
  name: text('NAME', 'what it is called'),
  only: list(['a', 'b', 'c'], 'some parts'),
  rounds: count('rounds', 3),
  port: port(8012, { PORT: '9000' }),
  live: live(env),
};
const read = (...args: string[]) => readFlags(flags, args);

test('without flags: the defaults, and PORT for the port', () => {
  expect(read()).toEqual({
    quick: false,
    name: undefined,
    only: ['a', 'b', 'c'],
    rounds: 3,
    port: 9000,
    live: undefined,
  });
});

test('every flag, in both ways of writing, behind the "--" that pnpm passes on', () => {
  const given = read('--', '--quick', '--name', 'x y', '--only=c,a', '--rounds=7', '--port', '0', '--live');
  expect(given).toEqual({
    quick: true,
    name: 'x y',
    only: ['a', 'c'],
    rounds: 7,
    port: 0,
    live: { apiKey: 'tlk_1', baseUrl: 'https://api.twelvelabs.io/v1.3' },
  });
});

test.each(['--help', '-h'])('%s is help, whatever stands beside it', (flag) => {
  expect(read('--quick', flag)).toBe('help');
});

test('the help lists every flag', () => {
  const usage = usageOf({ name: 'pnpm thing', about: 'Does a thing.', flags });
  expect(usage).toMatch(/^Usage: pnpm thing \[flags\]\n\nDoes a thing\./);
  for (const name of [...Object.keys(flags), 'help']) expect(usage).toContain(`--${name}`);
  expect(usage).toContain('--rounds NUMBER');
  expect(usage).toContain('(default 3)');
});

describe('refuses', () => {
  test.each([
    [['--fast'], 'There is no flag --fast.'],
    [['-p'], 'There is no flag -p.'],
    [['--toString'], 'There is no flag --toString.'],
    [['8099'], '"8099" is not a flag.'],
    [['--quick=yes'], '--quick takes no value.'],
    [['--name'], '--name needs a value: --name NAME.'],
    [['--name', '--quick'], '--name needs a value: --name NAME.'],
    [['--rounds', '0'], '--rounds must be a whole number from 1 (got "0").'],
    [['--rounds', '1e3'], '--rounds must be a whole number from 1 (got "1e3").'],
    [['--port', '65536'], '--port must be a whole number from 0 to 65535 (got "65536").'],
    [['--only', 'a,d'], '--only must be some of a, b, c, with commas between (got "a,d").'],
  ])('%j', (args, message) => {
    expect(() => read(...args)).toThrow(message);
  });

  test('--live without a key', () => {
    expect(() => readFlags({ live: live({}) }, ['--live'])).toThrow(
      '--live needs an API key in the variable TWELVE_LABS_API_KEY.',
    );
  });

  test('a port that the variable got wrong', () => {
    expect(() => readFlags({ port: port(8012, { PORT: 'x' }) }, [])).toThrow(
      '--port (by the variable PORT) must be a whole number from 0 to 65535.',
    );
  });
});
