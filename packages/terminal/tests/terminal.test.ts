import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { shorten } from '../src/index.ts';

const PROGRAM = fileURLToPath(new URL('./program.ts', import.meta.url));
const ESCAPE = '\u001b';
const HOSTILE = '\u001b]52;c;ZXZpbA==\u0007\u001b[2J\u001b[8mHID\u009b31m\u202egpj\u200b\nline';

function run(...args: string[]): { code: number | null; out: string; err: string } {
  const { LOG_LEVEL: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], { env, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

describe('a verb', () => {
  it('prints a table without frames or colour into a pipe, numbers to the right', () => {
    expect(run('show')).toEqual({ code: 0, out: 'SHOP         TOTAL\nCorner Shop   9.00\n', err: '' });
  });

  it('prints JSON when asked, and nothing else', () => {
    const { out, code } = run('show', '--json', '--shop', 'Müller');
    expect([code, JSON.parse(out)]).toEqual([0, { shop: 'Müller' }]);
  });

  it('prints text from outside without what would steer a terminal', () => {
    for (const form of [[], ['--json']]) {
      const { out } = run('show', '--shop', `${ESCAPE}]52;c;eA==\u0007${ESCAPE}[2Ja\u202eb`, ...form);
      expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
  });

  it('has help with its examples and the settings that it reads', () => {
    const { out, code } = run('show', '--help');
    expect(code).toBe(0);
    for (const part of ['Tries show', '--json', '--log-level', 'Examples:\n  $ program show --json\n'])
      expect(out).toContain(part);
  });

  it('says an error on standard error, and codes it', () => {
    const { out, err, code } = run('refuse');
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^error No such receipt: .*List them with: program show \(NOT_FOUND\)\n$/);
    expect(err).not.toContain(ESCAPE);
  });

  it('says an error as JSON to who asked for JSON', () => {
    const { err, code } = run('refuse', '--json');
    expect([code, JSON.parse(err).error.code]).toEqual([1, 'NOT_FOUND']);
  });

  it('ends with the code that it returns', () => {
    expect(run('usage').code).toBe(2);
  });

  it('names an option that it does not know', () => {
    const { err, code } = run('show', '--shpo', 'x');
    expect(code).toBe(2);
    expect(err).toContain("unknown option '--shpo'");
  });

  it.each([
    ['a verb', [`${HOSTILE}`]],
    ['an option', ['show', `--${HOSTILE}`]],
    ['an option of the program', [`--${HOSTILE}`]],
    ['an argument too many', ['show', HOSTILE, 'another']],
  ])('repeats %s that it does not know as nothing but text', (_what, args) => {
    for (const json of [[], ['--json']]) {
      const { err, code } = run(...args, ...json);
      expect(code).toBe(2);
      expect(err).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }
  });

  it('draws no progress bar but on a terminal', () => {
    expect(run('count')).toEqual({ code: 0, out: '2 read\n', err: '' });
  });
});

describe.runIf(existsSync('/dev/full'))('a full disk', () => {
  const full = () => openSync('/dev/full', 'w');

  it('for the log ends no work', () => {
    const { status, stdout } = spawnSync(process.execPath, [PROGRAM, 'work'], {
      stdio: ['ignore', 'pipe', full()],
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([0, 'a line for people\n'.repeat(3)]);
  });

  it('for the output is told, and the work goes on; the exit code says that it is not whole', () => {
    const { status, stderr } = spawnSync(process.execPath, [PROGRAM, 'work'], {
      stdio: ['ignore', full(), 'pipe'],
      encoding: 'utf8',
    });
    expect(stderr).toContain('The output cannot be written: ENOSPC');
    expect(stderr).toContain('"msg":"done"');
    expect(status).toBe(1);
  });
});

describe('a stop', () => {
  let child: ChildProcess | undefined;
  afterEach(() => child?.kill('SIGKILL'));

  async function waiting(...args: string[]): Promise<ChildProcess> {
    child = spawn(process.execPath, [PROGRAM, 'wait', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    await once(child.stdout as NodeJS.ReadableStream, 'data');
    return child;
  }

  it.each(['SIGINT', 'SIGTERM'] as const)('by %s lets the verb end well', async (signal) => {
    const running = await waiting();
    running.kill(signal);
    expect(await once(running, 'exit')).toEqual([0, null]);
  });

  it('said twice ends the program at once', async () => {
    const running = await waiting('--shop', 'slow');
    running.kill('SIGINT');
    await once(running.stderr as NodeJS.ReadableStream, 'data');
    running.kill('SIGINT');
    expect(await once(running, 'exit')).toEqual([130, null]);
  });
});

describe('shorten', () => {
  it('keeps what fits, and ends the rest with a sign', () => {
    expect([shorten('abc', 3), shorten('abcd', 3)]).toEqual(['abc', 'ab…']);
  });

  it('counts characters, not their halves', () => {
    expect(shorten('🧾🧾🧾', 2)).toBe('🧾…');
  });
});
