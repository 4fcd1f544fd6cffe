import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type IndexComparison, type IndexStatus, indexStatus, verifyIndex } from '@slipstream/merchant-index';
import { LOCAL_SENDER, submitImage } from '@slipstream/records';
import { createLogger, loadSettings } from '@slipstream/runtime';
import { type Home, openHome } from '../src/home/open-home.ts';
import { RUN_SETTINGS, runHome } from '../src/local/run-home.ts';
import { INDEX_OPERATION_SETTINGS, openIndexOperations } from '../src/service/index-operations.ts';

const ONE_PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const ON_THEIR_WAY_MAX = 200;
/** Longer than this without any progress is a standstill. */
const STANDSTILL_MS = 120_000;

export interface IndexFlow {
  readonly receipts: number;
  readonly seconds: number;
  readonly status: IndexStatus;
  readonly comparison: IndexComparison;
  /** Highest resident set of each quarter of the jobs. */
  readonly rss_mb: readonly number[];
}

/**
 * So many receipts through the whole embedded flow with compaction on, then the index against the documents. One in
 * fifty is read again, so that rows are replaced too.
 */
export async function runIndexFlow(receipts: number): Promise<IndexFlow> {
  const dataDir = mkdtempSync(join(tmpdir(), 'slipstream-index-flow-'));
  const logger = createLogger({ name: 'index-flow', level: 'error' });
  const home = await openHome(dataDir, logger);
  try {
    const running = await runHome(home, loadSettings(RUN_SETTINGS, { flags: { engine: 'null' }, env: {} }));
    const startedAt = performance.now();
    let ended = 0;
    running.agent.events.on('job-ended', () => {
      ended += 1;
    });
    const rss_mb = [0, 0, 0, 0];
    const note = (done: number) => {
      const quarter = Math.min(3, Math.floor((done / receipts) * 4));
      rss_mb[quarter] = Math.max(rss_mb[quarter] ?? 0, Math.round(process.memoryUsage().rss / 1_048_576));
    };
    let again = 0;
    for (let index = 0; index < receipts; index += 1) {
      await until(
        () => index + again - ended < ON_THEIR_WAY_MAX,
        () => ended,
      );
      const bytes = Buffer.concat([ONE_PIXEL, Buffer.from(`${index}`)]);
      const { image_id } = await submitImage(home, { bytes, file_name: 'bench.png', ...LOCAL_SENDER });
      note(index);
      if (index % 50 !== 49) continue;
      await until(
        async () => (await home.jobs.current(image_id))?.job.status === 'COMPLETED',
        () => ended,
      );
      const job = await home.jobs.reprocess(image_id, 'again');
      again += 1;
      await home.queues['ocr-queue'].send({
        image_id,
        job_id: job.job_id,
        s3_bucket: job.s3_bucket,
        s3_key: job.s3_key,
      });
    }
    await until(
      () => ended >= receipts + again,
      () => ended,
    );
    await until(
      async () => (await isDrained(home)) && (await indexStatus(home, 'lines')).pending === 0,
      () => depth(home),
    );
    const seconds = (performance.now() - startedAt) / 1_000;
    note(receipts - 1);
    await running.stop();
    return { receipts, seconds, rss_mb, ...(await compared(dataDir)) };
  } finally {
    await home.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function compared(data: string): Promise<Pick<IndexFlow, 'status' | 'comparison'>> {
  const settings = loadSettings(INDEX_OPERATION_SETTINGS, { flags: { data }, env: {} });
  const { ports, vectors, embedder, source, close } = await openIndexOperations(
    settings,
    createLogger({ name: 'index-flow', level: 'error' }),
  );
  try {
    const snapshot = await ports.indexRecords.snapshot('lines');
    if (snapshot === null) throw new Error('There is no index.');
    const reader = await vectors.openReader(snapshot.table, embedder.identity, snapshot.version);
    const comparison = await verifyIndex({ source, compactionRuns: ports.compactionRuns }, 'lines', reader);
    await reader.close();
    return { comparison, status: await indexStatus(ports, 'lines') };
  } finally {
    await close();
  }
}

async function isDrained(home: Home): Promise<boolean> {
  return (await depth(home)) === 0;
}

async function depth(home: Home): Promise<number> {
  const depths = await Promise.all(Object.values(home.queues).map((queue) => queue.depth()));
  return depths.reduce((sum, { ready, inFlight, delayed }) => sum + ready + inFlight + delayed, 0);
}

/** Waits, as long as `progress` changes now and then. */
async function until(isReached: () => boolean | Promise<boolean>, progress: () => unknown): Promise<void> {
  let [seen, since] = [await progress(), performance.now()];
  while (!(await isReached())) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const now = await progress();
    if (now !== seen) [seen, since] = [now, performance.now()];
    else if (performance.now() - since > STANDSTILL_MS) throw new Error(`Nothing moved for ${STANDSTILL_MS} ms.`);
  }
}
