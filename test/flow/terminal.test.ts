import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { openTerminal } from '../../local/terminal.ts';

const stream = (isTTY: boolean) => Object.assign(new PassThrough(), { isTTY });

test.each([
  { typed: 'y\n', agrees: true },
  { typed: 'YES\n', agrees: true },
  { typed: '\n', agrees: false },
  { typed: 'yesterday\n', agrees: false },
  { typed: '', agrees: false },
])('a person who types "$typed" agrees: $agrees', async ({ typed, agrees }) => {
  const [input, out, err] = [stream(true), stream(true), stream(true)];
  const terminal = openTerminal(false, out as never, err as never, input as never);
  input.end(typed);
  expect(await terminal.ask?.('change it? [y/N] ')).toBe(agrees);
  expect(String(err.read())).toContain('change it? [y/N] ');
  expect(out.read()).toBeNull();
});

test.each([
  { input: false, err: true },
  { input: true, err: false },
])('nobody is asked without a terminal to read and to answer: $input $err', ({ input, err }) => {
  const terminal = openTerminal(false, stream(true) as never, stream(err) as never, stream(input) as never);
  expect(terminal.ask).toBeUndefined();
});
