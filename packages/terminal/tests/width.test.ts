import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { hasPseudoTerminals, runOnTerminal } from '@slipstream/testing/pseudo-terminal';
import { describe, expect, it } from 'vitest';
import { cutText, textWidth, wrapText } from '../src/index.ts';

const PROGRAM = fileURLToPath(new URL('./program.ts', import.meta.url));
const run = (columns: number, ...args: string[]) => runOnTerminal([process.execPath, PROGRAM, ...args], { columns });

if (!hasPseudoTerminals) process.stderr.write('skipped: terminals of 80 and 120 columns need python3\n');

describe.runIf(hasPseudoTerminals)('on a terminal', () => {
  it.each([80, 120])('of %i columns no line is wider, and no figure is cut', { timeout: 60_000 }, async (columns) => {
    const { lines, code } = await run(columns, 'list');
    expect(code).toBe(0);
    expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(columns);
    for (const row of lines.slice(1, 4)) {
      expect(row).toMatch(/c1ee5e93\/1 .* 2026-04-05 {2}1,234,567\.50 MYR {2}NEEDS_REVIEW/);
    }
  });

  it('columns give way by importance, and those that went are named', { timeout: 60_000 }, async () => {
    const headOf = async (columns: number) => (await run(columns, 'list')).lines[0]?.split(/ {2,}/);
    expect(await headOf(300)).toEqual(['#', 'id', 'merchant', 'printed', 'file', 'date', 'total', 'status']);
    expect(await headOf(90)).toEqual(['#', 'id', 'merchant', 'file', 'date', 'total', 'status']);
    const { lines } = await run(80, 'list');
    expect(lines[0]?.split(/ {2,}/)).toEqual(['#', 'id', 'merchant', 'date', 'total', 'status']);
    expect(lines.join('\n')).toContain('(not shown for want of width: printed, file;');
  });

  it('there is colour, and NO_COLOR is minded', { timeout: 60_000 }, async () => {
    expect((await run(80, 'list')).raw).toContain('\u001b[33m');
    const plain = await runOnTerminal(['env', 'NO_COLOR=1', process.execPath, PROGRAM, 'list'], { columns: 80 });
    expect(plain.raw).not.toContain('\u001b[');
  });

  it('a bar is gone when all is done', { timeout: 60_000 }, async () => {
    const { lines, raw } = await run(80, 'count');
    expect(raw).toContain('█');
    expect(lines).toEqual(['2 read']);
  });
});

describe('into a pipe', () => {
  it('everything is printed whole', () => {
    const { stdout } = spawnSync(process.execPath, [PROGRAM, 'list'], { encoding: 'utf8' });
    expect(stdout.split('\n')[0]?.split(/ {2,}/)).toHaveLength(8);
    expect(stdout).toContain('SERI MELATI HARDWARE TRADING SDN BHD (printed)');
    expect(stdout).not.toContain('…');
  });

  it.each(['much', 'list'])('%s ends without a word where nobody reads on', (verb) => {
    const command = `set -o pipefail; "${process.execPath}" "${PROGRAM}" ${verb} | head -n 1 >/dev/null`;
    const { status, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

describe('usage errors', () => {
  it.each([['show', '--shpo', 'x'], ['shwo'], ['show', '--shop'], ['show', 'too', 'many']])(
    'obey --json: %s %s',
    { timeout: 60_000 },
    (...args) => {
      const given = args.filter((part) => part !== undefined);
      const json = spawnSync(process.execPath, [PROGRAM, ...given, '--json'], { encoding: 'utf8' });
      if (given.at(-1) !== '--shop') expect(JSON.parse(json.stderr).error.code).toBe('REQUEST_INVALID');
      const text = spawnSync(process.execPath, [PROGRAM, ...given], { encoding: 'utf8' });
      expect([text.status, text.stderr.startsWith('error: ')]).toEqual([2, true]);
    },
  );
});

describe('text', () => {
  it('is cut by the columns it takes, and keeps its colours whole', () => {
    expect(cutText('らーめん', 5)).toBe('らー…');
    expect(cutText('\u001b[33mlong text\u001b[39m', 6)).toBe('\u001b[33mlong …\u001b[39m');
    expect(cutText('fits', 4)).toBe('fits');
  });

  it('is wrapped between words, under its own indentation; what is longer than a line stays whole', () => {
    expect(wrapText('  one two three', 9)).toBe('  one two\n  three');
    expect(wrapText('see https://example.com/a/long/address', 12)).toBe('see\nhttps://example.com/a/long/address');
  });
});
