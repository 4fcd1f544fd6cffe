import { join } from 'node:path';
import { seededRandom } from '@slipstream/testing';
import { encodeDelta, type IndexRow, openLanceStore } from '../src/index.ts';
import { startDistantStore } from '../testing/object-server/distant-store.ts';
import { type BenchRow, median } from './bench-row.ts';
import { BENCH_IDENTITY, benchReceipt, ROWS_A_RECEIPT } from './bench-rows.ts';
import { benchTable, linkedCopy } from './bench-tables.ts';

const RECEIPTS_A_DELTA = 10;
const SCRATCH = 'merge-scratch';

type Kind = 'new receipts' | 'parsed again';

interface Measured {
  readonly kind: Kind;
  readonly rows: number;
  readonly ms: number;
  readonly bytes_read: number;
  readonly bytes_written: number;
  readonly requests: number;
}

/**
 * What a delta of 500 rows costs, as compaction merges it: the writer is opened, asked for the receipts' rows, and given
 * the delta. Through a proxy at S3's distance.
 */
export async function measureMergeCost(
  folder: string,
  options: { readonly sizes: readonly number[]; readonly deltas: number },
): Promise<BenchRow[]> {
  const measured: Measured[] = [];
  for (const rows of options.sizes) measured.push(...(await measureSize(folder, rows, options.deltas)));
  const delta_bytes = bytesOf(deltaRows('new receipts', 0, 10_000));
  const report: BenchRow[] = [{ what: 'a delta of 500 rows', value: delta_bytes / 1000, unit: 'KB' }];
  for (const kind of ['new receipts', 'parsed again'] as const) {
    const medians = options.sizes.map((rows) =>
      medianOf(measured.filter((each) => each.rows === rows && each.kind === kind)),
    );
    medians.forEach((each, at) => {
      const into = `${kind} into ${options.sizes[at]?.toLocaleString('en')} rows`;
      report.push(
        { what: into, value: each.ms, unit: 'ms', note: `${each.requests} requests` },
        { what: '  bytes read ÷ delta', value: each.bytes_read / delta_bytes, unit: '×', at_most: 2 },
        { what: '  bytes written ÷ delta', value: each.bytes_written / delta_bytes, unit: '×', at_most: 5 },
      );
    });
    const times = medians.map(({ ms }) => ms);
    report.push({
      what: `${kind}: slowest ÷ fastest`,
      value: Math.max(...times) / Math.min(...times),
      unit: '×',
      at_most: 1.5,
    });
  }
  return report;
}

async function measureSize(folder: string, rows: number, deltas: number): Promise<Measured[]> {
  const distant = await startDistantStore({ folder });
  const measured: Measured[] = [];
  try {
    await linkedCopy(await benchTable(distant.bucketFolder, rows), join(distant.bucketFolder, SCRATCH));
    const store = openLanceStore({ uri: `s3://bench/${SCRATCH}`, storageOptions: distant.storageOptions });
    for (const kind of ['new receipts', 'parsed again'] as const) {
      // One before those that count: an environment that just started is the look-up's case.
      for (let nth = -1; nth < deltas; nth++) {
        const delta = deltaRows(kind, nth + 1, rows);
        await distant.takeTraffic();
        const started = performance.now();
        const writer = await store.openWriter('lines', BENCH_IDENTITY);
        await writer.rowsOf(delta.filter((_, at) => at % ROWS_A_RECEIPT === 0));
        await writer.merge(delta);
        await writer.close();
        const ms = performance.now() - started;
        const { requests, bytes_read, bytes_written } = await distant.takeTraffic();
        const sum = Object.values(requests).reduce((one, other) => one + other, 0);
        if (nth >= 0) measured.push({ kind, rows, ms, bytes_read, bytes_written, requests: sum });
      }
    }
    await store.close();
  } finally {
    await distant.close();
  }
  return measured;
}

function deltaRows(kind: Kind, nth: number, rows: number): IndexRow[] {
  const random = seededRandom(nth + 99);
  const receipts = Array.from({ length: RECEIPTS_A_DELTA }, (_, at) =>
    kind === 'new receipts'
      ? benchReceipt(1_000_000 + nth * RECEIPTS_A_DELTA + at)
      : benchReceipt(Math.floor((random() * rows) / ROWS_A_RECEIPT), { revision: nth + 2 }),
  );
  return receipts.flat();
}

/** As delta files: one an image. */
function bytesOf(rows: readonly IndexRow[]): number {
  const images = Map.groupBy(rows, (row) => row.image_id);
  const files = [...images].map(([image_id, ofImage]) => {
    const receipts = [{ receipt_id: '00001', revision: 1 }];
    return encodeDelta({ identity: BENCH_IDENTITY, image_id, receipts, rows: ofImage }).byteLength;
  });
  return files.reduce((sum, bytes) => sum + bytes, 0);
}

function medianOf(measured: readonly Measured[]) {
  const of = (pick: (each: Measured) => number) => median(measured.map(pick));
  return {
    ms: of(({ ms }) => ms),
    bytes_read: of(({ bytes_read }) => bytes_read),
    bytes_written: of(({ bytes_written }) => bytes_written),
    requests: of(({ requests }) => requests),
  };
}
