import type { BrokenVariant } from './broken-variants.ts';
import type { PlannedJob, PlannedStray } from './scenario.ts';
import { World } from './world.ts';

export interface SimulationResult {
  readonly seed: number;
  readonly violations: readonly string[];
  /** Virtual time until everything was settled. */
  readonly duration_ms: number;
  readonly published: number;
  readonly failed: number;
  readonly dead: number;
}

/** After the calm everything has to be settled within this time: the longest back-offs and leases, and some to spare. */
const SETTLED_WITHIN_MS = 12 * 3_600_000;

/** Runs the scenario of a seed to its end and says what was violated. The same seed gives the same run. */
export async function simulate(seed: number, variant: BrokenVariant | null = null): Promise<SimulationResult> {
  const undo = variant?.patch?.();
  try {
    return await run(new World(seed, variant), seed);
  } finally {
    undo?.();
  }
}

async function run(world: World, seed: number): Promise<SimulationResult> {
  const { calm_at, jobs, strays } = world.scenario;
  await world.begin();
  await world.time.runWhile(() => world.time.now < calm_at && world.ledger.violations.length === 0);
  const limit = calm_at + SETTLED_WITHIN_MS;
  await world.time.runWhile(
    () => world.queue.left > 0 && world.time.now < limit && world.ledger.violations.length === 0,
  );
  if (world.ledger.violations.length === 0) {
    if (world.queue.left > 0) world.ledger.violate(`${world.queue.left} messages are stuck`);
    for (const job of jobs) await checkJob(world, job);
    for (const stray of strays) checkStray(world, stray);
    for (const letter of world.queue.dead.values()) {
      if (letter.reason === null) world.ledger.violate(`the dead letter ${letter.id} has no reason`);
    }
  }
  world.end();
  const records = await Promise.all(jobs.map(({ image_id, job_id }) => world.ledger.job(image_id, job_id)));
  return {
    seed,
    violations: world.ledger.violations,
    duration_ms: world.time.now,
    published: jobs.filter(({ job_id }) => world.ledger.publications(job_id) > 0).length,
    failed: records.filter((record) => record?.status === 'FAILED').length,
    dead: world.queue.dead.size,
  };
}

async function checkJob({ ledger, documents }: World, { image_id, job_id, fate }: PlannedJob): Promise<void> {
  const job = await ledger.job(image_id, job_id);
  if (job === null) return ledger.violate(`${job_id} is lost`);
  if (fate.kind === 'failed') {
    if (job.status !== 'FAILED' || job.reason_code !== fate.code) {
      ledger.violate(`${job_id} should be FAILED with ${fate.code}, and is ${job.status} with ${job.reason_code}`);
    }
    return;
  }
  if (job.status !== 'OCR_DONE')
    return ledger.violate(`${job_id} should be OCR_DONE and is ${job.status}: ${job.reason_code}`);
  if (!ledger.results.has(job_id)) ledger.violate(`${job_id} is OCR_DONE, and its result was never sent`);
  if (!documents.has(job.document_key ?? '')) ledger.violate(`${job_id} names a document that is not there`);
}

function checkStray({ ledger, queue }: World, { body, code }: PlannedStray): void {
  const letter = [...queue.dead.values()].find((dead) => dead.body === body);
  if (letter?.reason?.code !== code)
    ledger.violate(`a stray message should be dead with ${code}: ${letter?.reason?.code}`);
}
