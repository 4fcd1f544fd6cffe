import { describe, expect, it } from 'vitest';
import { printable, printableJson, type StyledText, styled, terminalText, textColours } from '../../src/index.ts';

const ESC = '\u001b';

describe('printable', () => {
  it.each([
    ['clipboard', `${ESC}]52;c;ZXZpbA==\u0007`],
    ['title, ended by ST', `${ESC}]0;title${ESC}\\`],
    ['clear screen', `${ESC}[2J`],
    ['conceal', `${ESC}[8m`],
    ['colour', `${ESC}[31m`],
    ['private mode', `${ESC}[?1049h`],
    ['reset', `${ESC}c`],
    ['character set', `${ESC}(0`],
    ['device control', `${ESC}Pq#0;2;0;0;0${ESC}\\`],
    ['8-bit CSI', '\u009b2J'],
    ['8-bit OSC', '\u009d52;c;ZXZpbA==\u009c'],
    ['bell', '\u0007'],
    ['backspace', '\b'],
    ['delete', '\u007f'],
    ['direction override', '\u202e'],
    ['direction isolate', '\u2067'],
    ['direction mark', '\u200f'],
    ['zero-width space', '\u200b'],
    ['word joiner', '\u2060'],
    ['byte order mark', '\ufeff'],
    ['Hangul filler', '\u3164'],
    ['tag character', '\u{e0041}'],
    ['private use', '\ue000'],
    ['half a character', '\ud83d'],
  ])('leaves one mark of a %s', (_, hostile) => {
    expect(printable(`a${hostile}b`)).toBe('a\ufffdb');
  });

  it('an escape that never ends takes only its beginning along', () => {
    expect(printable(`a${ESC}]52;c;b`)).toBe('a\ufffd52;c;b');
    expect(printable(`a${ESC}`)).toBe('a\ufffd');
  });

  it('is one line', () => {
    expect(printable('a\nb\r\nc\td\u2028e\u2029f\u0085g')).toBe('a b c d e f g');
  });

  it('leaves text alone: accents, other scripts, currency, emoji', () => {
    for (const text of ['Café ½ – 3,50 €', 'レシート ¥1,200', 'ใบเสร็จรับเงิน', 'הקבלה', 'हिन्दी', '👍🏽 ok'])
      expect(printable(text)).toBe(text);
  });

  it('joins nothing invisible into words, and piles no marks over the lines above', () => {
    expect(printable('می\u200cخواهم co\u00adop')).toBe('میخواهم coop');
    expect(printable(`Z${'\u0301'.repeat(50)}!`)).toBe(`Z${'\u0301'.repeat(4)}!`);
  });

  it('is quick on a long hostile text', () => {
    const startedAt = performance.now();
    printable(`${ESC}]`.repeat(100_000));
    printable('\u009d'.repeat(100_000));
    printable(`${ESC}[${';'.repeat(100_000)}`);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});

describe('printableJson', () => {
  it('escapes what is not text, and reads back the same', () => {
    const value = { name: `a${ESC}[2J\u009b8m\u202e\u{e0041}\ud83d é 👍` };
    const json = printableJson(JSON.stringify(value, null, 2));
    expect(json).not.toMatch(/[\p{Cf}\p{Cs}\u007f-\u009f]/u);
    expect(json).toContain('é 👍');
    expect(JSON.parse(json)).toEqual(value);
  });
});

describe('styled', () => {
  const colour = textColours(true);

  it('keeps its own colours and cleans every value', () => {
    const line = styled`${colour.bold(`x${ESC}[8m`)} of ${`${ESC}[31my`}`;
    expect(terminalText(line)).toBe(`${ESC}[1mx\ufffd${ESC}[22m of \ufffdy`);
    expect(terminalText(styled`${line}!`)).toBe(`${terminalText(line)}!`);
  });

  it('loses its colours in a plain string, never its safety', () => {
    const line: StyledText = colour.red(`x${ESC}]0;t\u0007`);
    expect(terminalText(`${line}`)).toBe('x\ufffd');
  });

  it('has no codes where there is no terminal', () => {
    expect(terminalText(textColours(false).red('x'))).toBe('x');
  });
});
