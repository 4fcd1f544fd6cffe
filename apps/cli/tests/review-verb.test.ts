import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { end, runSlipstream, startDev } from './dev-process.ts';
import { png } from './png.ts';

const PROGRAM = fileURLToPath(new URL('../dist/slipstream.js', import.meta.url));
const receiptSchema = z.object({
  image_id: z.string(),
  status: z.string(),
  total: z.string().nullable(),
  revision: z.int(),
});
const listSchema = z.object({ receipts: z.array(receiptSchema) });

let dataDir: string;
const ids: string[] = [];
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'slipstream-review-'));
  // Nothing is sure enough: every receipt waits for review.
  const dev = await startDev(dataDir, '--engine', 'null', '--review-below', '1');
  for (const name of ['one', 'two', 'three']) {
    const answer = await fetch(`${dev.url}/images?file_name=${name}.png`, {
      method: 'POST',
      body: Buffer.from(png(name)),
    });
    ids.push(z.object({ image_id: z.string() }).parse(await answer.json()).image_id);
  }
  for (;;) {
    const { out } = await runSlipstream('list', '--status', 'NEEDS_REVIEW', '--data', dataDir, '--json');
    if (listSchema.parse(JSON.parse(out)).receipts.length === ids.length) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await end(dev.child, 'SIGTERM');
}, 120_000);
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const run = async (...args: readonly string[]) => {
  const { out, err, code } = await runSlipstream(...args, '--data', dataDir, '--json');
  return { code, err, value: out === '' ? null : JSON.parse(out) };
};

it('corrects and approves one receipt, shows its history, and says what cannot be done', async () => {
  const [one = ''] = ids;
  const saved = await run('review', `${one}/1`, '--set', 'total=12.30', 'merchant.name=My Shop', '--approve');
  expect(saved.code).toBe(0);
  expect(receiptSchema.parse(saved.value)).toMatchObject({ status: 'REVIEWED', total: '12.30' });
  const history = await run('history', one);
  expect(history.value).toMatchObject([
    {
      source: 'cli',
      changed_by: 'local',
      changes: [
        { field: 'total', before: '1.00', after: '12.30' },
        { field: 'merchant.name', before: 'NULL STORE', after: 'My Shop' },
        { field: 'status', before: 'NEEDS_REVIEW', after: 'REVIEWED' },
      ],
    },
  ]);
  expect((await run('review', `${one}/1`, '--set', 'total=1e30')).err).toContain('total is an amount');
  expect((await run('review', `${one}/1`, '--set', 'total')).err).toContain('write field=value');
  expect((await run('review', `${one}/1`, '--clear', 'nothing')).err).toContain('There is no field nothing');
  expect((await run('review', '--approve')).err).toContain('Say which receipt');
});

/** The built program on a real terminal: util-linux's `script` makes one. */
function onTerminal(answers: readonly string[]): Promise<string> {
  const command = `${process.execPath} ${PROGRAM} review --data ${dataDir}`;
  const child = spawn('script', ['-qec', command, '/dev/null'], { stdio: ['pipe', 'pipe', 'inherit'] });
  let out = '';
  const waiting = [...answers];
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString('utf8');
    // The next answer is typed when it is asked for.
    if (!/(q end): $/.test(out.replaceAll('\x1b', '').replace(/\[\??[\d;]*[A-Za-z]/g, ''))) return;
    const answer = waiting.shift();
    if (answer !== undefined) child.stdin.write(`${answer}\r`);
  });
  return new Promise((resolve) => child.once('close', () => resolve(out)));
}

it.skipIf(process.platform !== 'linux')(
  'goes through what waits on a terminal, saving each answer at once',
  async () => {
    const before = await run('review');
    expect(before.value).toHaveLength(2);
    const out = await onTerminal(['total=5.50', 'total=abc', 'a', 'q']);
    expect(out).toContain('1 of 2');
    expect(out).toContain('total is an amount');
    expect(out).toContain('1 of 2 reviewed.');
    expect((await run('review')).value).toHaveLength(1);
    const reviewed = await run('list', '--status', 'REVIEWED');
    expect(
      listSchema
        .parse(reviewed.value)
        .receipts.map(({ total }) => total)
        .sort(),
    ).toEqual(['12.30', '5.50']);
  },
  60_000,
);
