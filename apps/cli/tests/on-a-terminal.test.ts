import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256Hex } from '@slipstream/runtime';
import { imageIdOf } from '@slipstream/shared';
import { hasPseudoTerminals, runOnTerminal } from '@slipstream/testing/pseudo-terminal';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { end, runSlipstream, spawnSlipstream, startDev } from './dev-process.ts';
import { png } from './png.ts';

const PROGRAM = fileURLToPath(new URL('../dist/slipstream.js', import.meta.url));
const SAMPLES = fileURLToPath(new URL('../../../samples', import.meta.url));
const CTRL_C = '\u0003';
const TIMEOUT_MS = 120_000;

let folder = '';
let data = '';
let photographs = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipstream-terminal-'));
  data = join(folder, 'data');
  photographs = join(folder, 'photographs');
  cpSync(join(SAMPLES, 'us-diner.jpg'), join(photographs, 'us-diner.jpg'), { recursive: true });
  writeFileSync(join(photographs, 'broken.jpg'), 'no image');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** `slipstream dev` on a terminal, with photographs, until a text is on it; then Ctrl-C. */
function devOnTerminal(args: readonly string[], ...until: readonly RegExp[]) {
  let isStopped = false;
  const watched = ['--watch', photographs, '--watch-stable', '0'];
  return runOnTerminal([process.execPath, PROGRAM, 'dev', '--data', data, '--port', '0', ...watched, ...args], {
    columns: 120,
    env: { ...process.env, HOME: folder, LOG_LEVEL: undefined },
    type: (screen) => {
      if (isStopped || !until.every((pattern) => pattern.test(screen))) return null;
      isStopped = true;
      return CTRL_C;
    },
  });
}

describe.runIf(hasPseudoTerminals)('slipstream dev on a terminal', () => {
  it(
    'prints a line a photograph, for people, and ends well with Ctrl-C',
    async () => {
      const { code, lines } = await devOnTerminal(['--engine', 'ppocr'], /us-diner\.jpg .*USD/, /broken\.jpg/);
      expect(code).toBe(0);
      const text = lines.join('\n');
      expect(text).toMatch(/^us-diner\.jpg +\S.* {2}\d+\.\d\d USD {2}(valid|needs review)$/m);
      expect(text).toMatch(/^broken\.jpg +The file is a text; send the receipt as a photograph/m);
      expect(text).toContain('Stopping: what is in hand is finished or given back.');
      expect(lines.filter((line) => line.trim().startsWith('{'))).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it(
    'prints its log as JSON where that is asked for, and no line for people',
    async () => {
      const args = ['--engine', 'null', '--log-format', 'json'];
      const { code, raw } = await devOnTerminal(args, /(a photograph was submitted[\s\S]*){2}/);
      expect(code).toBe(0);
      const logged = raw
        .replaceAll('\r\n', '\n')
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as { level: string; msg: string });
      expect(logged.map(({ msg }) => msg)).toContain('a photograph was submitted');
      expect(raw).not.toMatch(/^(us-diner|broken)\.jpg /m);
    },
    TIMEOUT_MS,
  );
});

describe('submit --wait that is interrupted', () => {
  const file = () => join(folder, 'a.png');
  const idOf = () => imageIdOf(sha256Hex(png('waits')));

  /** A dev that is there and does nothing at the moment. */
  async function stoppedDev() {
    writeFileSync(file(), png('waits'));
    const dev = await startDev(data, '--engine', 'null');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    dev.child.kill('SIGSTOP');
    return dev;
  }
  async function isReadIn(url: string): Promise<void> {
    const status = async () => {
      const answer = (await (await fetch(`${url}/images/${idOf()}`)).json()) as { job?: { status: string } };
      return answer.job?.status;
    };
    await expect.poll(status, { timeout: 30_000 }).toBe('COMPLETED');
  }

  it(
    'says that the rest goes on, with exit code 130; and it does',
    async () => {
      const dev = await stoppedDev();
      try {
        const child = spawnSlipstream(['submit', file(), '--wait', '--data', data, '--json']);
        const said = { out: '', err: '' };
        child.stdout?.on('data', (chunk) => {
          said.out += chunk;
        });
        child.stderr?.on('data', (chunk) => {
          said.err += chunk;
        });
        const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
        await new Promise((resolve) => setTimeout(resolve, 4_000));
        child.kill('SIGINT');
        expect(await ended).toBe(130);
        expect(said.err).toContain('Stopped waiting. 1 image is still being read, and will be: slipstream status');
        expect(JSON.parse(said.out)).toMatchObject([{ image_id: idOf(), receipts: [] }]);
        dev.child.kill('SIGCONT');
        await isReadIn(dev.url);
      } finally {
        dev.child.kill('SIGCONT');
        await end(dev.child, 'SIGKILL');
      }
    },
    TIMEOUT_MS,
  );

  it(
    'while it still submits says how many are submitted, and the same command goes on',
    async () => {
      const many = join(folder, 'many');
      mkdirSync(many);
      const files = 400;
      for (let n = 0; n < files; n += 1) writeFileSync(join(many, `${n}.png`), png(`${n} `.padEnd(40_000, 'x')));
      const child = spawnSlipstream(['submit', many, '--data', data, '--json']);
      const said = { out: '', err: '' };
      child.stdout?.on('data', (chunk) => {
        said.out += chunk;
      });
      child.stderr?.on('data', (chunk) => {
        said.err += chunk;
      });
      const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
      const originals = join(data, 'objects', 'slipstream-raw');
      const stored = () => (existsSync(originals) ? readdirSync(originals, { recursive: true }).length : 0);
      await expect.poll(stored, { timeout: 30_000, interval: 10 }).toBeGreaterThan(5);
      child.kill('SIGINT');
      expect(await closed).toBe(130);
      const [, done, left] = /Stopped submitting\. (\d+) files are submitted, (\d+) not/.exec(said.err) ?? [];
      expect([Number(done) + Number(left), JSON.parse(said.out).length]).toEqual([files, Number(done)]);
      const again = await runSlipstream('submit', many, '--data', data, '--json');
      const created = (JSON.parse(again.out) as { created: boolean }[]).filter((one) => one.created);
      expect([again.code, created.length]).toEqual([0, Number(left)]);
    },
    TIMEOUT_MS,
  );

  it.runIf(hasPseudoTerminals)(
    'also by Ctrl-C on a terminal',
    async () => {
      const dev = await stoppedDev();
      try {
        let isStopped = false;
        const { code, lines } = await runOnTerminal(
          [process.execPath, PROGRAM, 'submit', file(), '--wait', '--data', data],
          {
            columns: 80,
            type: (screen) => {
              if (isStopped || !screen.includes('0/1')) return null;
              isStopped = true;
              return CTRL_C;
            },
          },
        );
        expect(code).toBe(130);
        expect(lines.join(' ')).toContain('Stopped waiting.');
        expect(lines.join('\n')).toContain('not read yet');
        dev.child.kill('SIGCONT');
        await isReadIn(dev.url);
      } finally {
        dev.child.kill('SIGCONT');
        await end(dev.child, 'SIGKILL');
      }
    },
    TIMEOUT_MS,
  );
});
