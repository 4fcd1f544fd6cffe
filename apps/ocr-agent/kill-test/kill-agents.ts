import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Jobs } from '@slipstream/records';
import { sha256Hex } from '@slipstream/runtime';
import { DEFAULT_OWNER, imageIdOf, rawKey, systemClock } from '@slipstream/shared';
import { type EmbeddedStore, openEmbeddedStore } from '@slipstream/store-embedded';

const PROGRAM = fileURLToPath(new URL('../src/receipt-ocr.ts', import.meta.url));
const AGENTS = 2;
/** Short, so that what a killed agent had in flight comes back within the test. */
const VISIBILITY_S = 5;
const LOOK_MS = 10;

export interface KillTestOptions {
  readonly jobs: number;
  /** The longest that one is let live when the work goes on. */
  readonly life_ms_max: number;
  /** After these the work may go on to its end. */
  readonly kills_max: number;
  readonly limit_ms: number;
  readonly random: () => number;
}

export interface KillTestResult {
  readonly jobs: number;
  readonly kills: number;
  readonly seconds: number;
  /** Jobs by how often they were published; everything but 1 is wrong. */
  readonly publications: Readonly<Record<number, number>>;
  readonly without_document: number;
  readonly without_result: number;
  readonly left_in_queue: number;
  readonly dead: number;
}

/**
 * Two agents work on one data folder; one after the other is killed with SIGKILL and started again, until every job is
 * published. Then the table's changes tell how often each was.
 */
export async function killAgents(options: KillTestOptions): Promise<KillTestResult> {
  const dataDir = await mkdtemp(join(tmpdir(), 'kill-test-'));
  const store = await openEmbeddedStore({ dataDir });
  const agents = Array.from({ length: AGENTS }, () => new KilledAgent(dataDir));
  const startedAt = performance.now();
  try {
    const ids = await submit(store, options.jobs);
    const queue = store.queue('ocr-queue');
    for (const agent of agents) agent.start();
    let kills = 0;
    let done = 0;
    while (done < options.jobs && performance.now() - startedAt < options.limit_ms) {
      await sleep(LOOK_MS);
      const before = done;
      done = await published(store);
      if (done === before || kills >= options.kills_max) continue; // still starting: killed now, they would only prove that they start
      await sleep(options.life_ms_max * options.random());
      const agent = agents[kills % AGENTS];
      await agent?.kill();
      kills += 1;
      agent?.start();
    }
    const end = performance.now() + 4 * VISIBILITY_S * 1_000;
    while (performance.now() < end && (await waiting(queue)) > 0) await sleep(200);
    return {
      jobs: options.jobs,
      kills,
      seconds: (performance.now() - startedAt) / 1_000,
      ...(await inspect(store, ids)),
    };
  } finally {
    await Promise.all(agents.map((agent) => agent.kill()));
    await store.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** One agent process, which is killed and started again. */
class KilledAgent {
  readonly #dataDir: string;
  #child: ChildProcess | null = null;

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  start(): void {
    const flags = ['--continuous', '--engine', 'null', '--data', this.#dataDir, '--log-level', 'silent'];
    const args = [PROGRAM, ...flags, '--visibility-timeout', String(VISIBILITY_S)];
    const env = { ...process.env, SLIPSTREAM_RUN_DIR: join(this.#dataDir, 'run') };
    this.#child = spawn(process.execPath, args, { stdio: 'ignore', env });
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }
}

interface Submitted {
  readonly image_id: string;
  readonly job_id: string;
}

async function submit(store: EmbeddedStore, count: number): Promise<readonly Submitted[]> {
  const jobs = new Jobs(store.records, systemClock);
  const queue = store.queue('ocr-queue');
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const bytes = tinyPng(index);
      const image_id = imageIdOf(sha256Hex(bytes));
      const s3_key = rawKey(image_id);
      const s3_bucket = store.raw.bucket;
      await store.raw.put(s3_key, bytes);
      const { job } = await jobs.create(
        { image_id, owner_id: DEFAULT_OWNER, s3_bucket, s3_key, size: bytes.byteLength },
        `kill-${index}`,
      );
      await queue.send({ image_id, job_id: job.job_id, s3_bucket, s3_key });
      return { image_id, job_id: job.job_id };
    }),
  );
}

/** One grey pixel; what follows the end of a PNG makes each of them another image. */
function tinyPng(index: number): Uint8Array {
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==';
  return Buffer.concat([Buffer.from(png, 'base64'), Buffer.from(`image ${index}`)]);
}

async function published(store: EmbeddedStore): Promise<number> {
  const jobs = new Jobs(store.records, systemClock);
  let count = 0;
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Jobs['list']>> = await jobs.list('OCR_DONE', { limit: 500, cursor });
    count += page.items.length;
    cursor = page.cursor;
  } while (cursor !== null);
  return count;
}

async function waiting(queue: { depth(): Promise<{ ready: number; inFlight: number; delayed: number }> }) {
  const { ready, inFlight, delayed } = await queue.depth();
  return ready + inFlight + delayed;
}

async function inspect(store: EmbeddedStore, ids: readonly Submitted[]) {
  const queue = store.queue('ocr-queue');
  const results = await receivedJobs(store);
  const counts = await publicationsByJob(store);
  const publications: Record<number, number> = {};
  let without_document = 0;
  for (const { image_id, job_id } of ids) {
    const times = counts.get(job_id) ?? 0;
    publications[times] = (publications[times] ?? 0) + 1;
    const job = await new Jobs(store.records, systemClock).get(image_id, job_id);
    const head = job?.document_key ? await store.artifacts.head(job.document_key) : null;
    if (head === null) without_document += 1;
  }
  return {
    publications,
    without_document,
    without_result: ids.filter(({ job_id }) => !results.has(job_id)).length,
    left_in_queue: await waiting(queue),
    dead: (await queue.depth()).dead,
  };
}

/** Transitions to OCR_DONE, as the table's changes tell them: what was written over is counted too. */
async function publicationsByJob(store: EmbeddedStore): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  let after: string | null = null;
  for (;;) {
    const changes: Awaited<ReturnType<EmbeddedStore['records']['changes']>> = await store.records.changes({
      after,
      limit: 500,
    });
    for (const { before, after: now } of changes) {
      if (now?.type !== 'OCR_JOB' || now.status !== 'OCR_DONE' || before?.document_key === now.document_key) continue;
      const jobId = String(now.job_id);
      counts.set(jobId, (counts.get(jobId) ?? 0) + 1);
    }
    const last = changes.at(-1);
    if (last === undefined) return counts;
    after = last.sequence;
  }
}

async function receivedJobs(store: EmbeddedStore): Promise<ReadonlySet<string>> {
  const queue = store.queue('ocr-results-queue');
  const ids = new Set<string>();
  for (;;) {
    const deliveries = await queue.receive({ max: 10, waitMs: 0, visibilityMs: 600_000 });
    if (deliveries.length === 0) return ids;
    for (const { body } of deliveries) ids.add(JSON.parse(body).job_id);
  }
}
