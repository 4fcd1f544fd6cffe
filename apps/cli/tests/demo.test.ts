import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runSlipstream } from './dev-process.ts';

const SAMPLES = new URL('../../../samples/', import.meta.url);
/** Eight images with Tesseract take 15 s on two idle cores. */
const TIMEOUT_MS = 240_000;

interface Truth {
  readonly receipt_count: number;
  readonly date: string | null;
  readonly total: string | null;
  readonly checks_expected: { readonly sum_holds: boolean };
}
interface Result {
  readonly file: string;
  readonly status: string;
  readonly receipts: readonly {
    readonly date: string | null;
    readonly total: string | null;
    readonly status: string;
  }[];
}

it(
  'the demo reads every sample from its photograph: how many receipts, their dates and totals; a wrong sum is put up for review',
  async () => {
    const { code, out } = await runSlipstream('demo', '--engine', 'tesseract', '--json');
    expect(code).toBe(0);
    const { results } = JSON.parse(out) as { results: readonly Result[] };
    expect(results).toHaveLength(readdirSync(SAMPLES).filter((name) => name.endsWith('.jpg')).length);
    for (const { file, status, receipts } of results) {
      const name = basename(file, '.jpg');
      const truth = JSON.parse(readFileSync(new URL(`${name}.json`, SAMPLES), 'utf8')) as Truth;
      expect({ name, status, receipts: receipts.length }).toEqual({
        name,
        status: truth.receipt_count === 0 ? 'NO_RECEIPT' : 'COMPLETED',
        receipts: truth.receipt_count,
      });
      if (truth.receipt_count === 0) continue;
      const [receipt] = receipts;
      // "2149" and "2149.00" are the same amount.
      expect({ name, date: receipt?.date, total: Number(receipt?.total) }).toEqual({
        name,
        date: truth.date,
        total: Number(truth.total),
      });
      if (!truth.checks_expected.sum_holds)
        expect({ name, status: receipt?.status }).toEqual({ name, status: 'NEEDS_REVIEW' });
    }
  },
  TIMEOUT_MS,
);

it('a pipe among the named files is refused with the reason; the others are read, and the folder of the demo is gone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipstream-demo-files-'));
  try {
    const pipe = join(folder, 'pipe.jpg');
    execFileSync('mkfifo', [pipe]);
    const before = demoFolders();
    const alone = await runSlipstream('demo', pipe, '--engine', 'null');
    expect([alone.code, alone.err]).toEqual([1, expect.stringContaining('no regular file')]);
    const beside = await runSlipstream(
      'demo',
      pipe,
      fileURLToPath(new URL('us-diner.jpg', SAMPLES)),
      '--engine',
      'null',
    );
    expect([beside.code, beside.err]).toEqual([1, expect.stringContaining('no regular file')]);
    expect(beside.out).toContain('us-diner.jpg');
    expect(demoFolders()).toEqual(before);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const demoFolders = () => readdirSync(tmpdir()).filter((name) => /^slipstream-demo-(?!files)/.test(name));
