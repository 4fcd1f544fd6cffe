import { PassThrough } from 'node:stream';
import { expectError } from '@slipstream/shared/testing';
import { expect, it } from 'vitest';
import { readSecret } from '../src/verbs/read-secret.ts';

/** A terminal as far as it is used: what is typed is echoed unless it is in raw mode. */
function terminal() {
  const modes: boolean[] = [];
  const input = Object.assign(new PassThrough(), {
    isTTY: true as const,
    setRawMode: (isRaw: boolean) => {
      modes.push(isRaw);
      return input;
    },
  });
  const shown = new PassThrough();
  const shownText = () => String(shown.read() ?? '');
  return {
    input,
    type: (text: string) => input.write(text),
    modes,
    shown,
    shownText,
  };
}

it('takes a line that is typed or pasted on a terminal, and does not show it', async () => {
  const { input, type, modes, shown, shownText } = terminal();
  const secret = readSecret(input, shown);
  type('sk-tesz');
  type('\u007f');
  type('t \r');
  expect(await secret).toBe('sk-test');
  expect(modes).toEqual([true, false]);
  expect(shownText()).not.toContain('sk-');
});

it.each([
  ['an interruption', 'sk-\u0003', 'ABORTED'],
  ['an empty line', ' \r', 'REQUEST_INVALID'],
  ['the end of the input', '\u0004', 'REQUEST_INVALID'],
] as const)('sets nothing after %s, and leaves the terminal as it was', async (_, text, code) => {
  const { input, type, modes, shown } = terminal();
  const secret = readSecret(input, shown);
  type(text);
  await expectError(secret, code);
  expect(modes.at(-1)).toBe(false);
});
