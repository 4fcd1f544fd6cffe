import { pages } from '@slipstream/runtime';
import type { AgentRecord } from '@slipstream/shared';
import { REREADS_MAX } from '../repositories/degraded-readings.ts';
import { sweepOne } from './standing.ts';
import type { SweeperPorts, SweepLimits, SweepTally } from './sweep.ts';

/** In one sweep, so that new photographs do not wait behind those of a bad day. */
const REREADS_AT_ONCE = 20;
const PAGE_ROWS = 200;
const RECORDS_MAX = 1_000;

/**
 * Has images read again that an engine read while it was not well, once an agent reports an engine that is; and counts
 * the agents whose engine is not. Bounded: a few a sweep, and a few times an image.
 */
export async function sweepDegraded(ports: SweeperPorts, limits: SweepLimits, counts: SweepTally): Promise<void> {
  const agents = await ports.agents.list();
  counts.engines_degraded = agents.filter(isUnwell).length;
  if (!agents.some((agent) => !isUnwell(agent))) return;
  let looked = 0;
  for await (const page of pages((cursor) => ports.degradedReadings.list({ limit: PAGE_ROWS, cursor }))) {
    for (const { image_id } of page.items) {
      if (limits.isTimeOver?.() || counts.rereads_sent >= REREADS_AT_ONCE) return;
      await sweepOne(counts, async () => {
        if (await readAgain(ports, agents, image_id)) counts.rereads_sent += 1;
      });
    }
    looked += page.items.length;
    if (looked >= RECORDS_MAX) return;
  }
}

/** Agents of older versions say nothing of it. */
function isUnwell({ health = 'ok' }: AgentRecord): boolean {
  return health !== 'ok';
}

async function readAgain(ports: SweeperPorts, agents: readonly AgentRecord[], imageId: string): Promise<boolean> {
  const reading = await ports.degradedReadings.get(imageId);
  if (!reading || reading.rereads >= REREADS_MAX) return false;
  // An engine that reads less well than the one that is missed would only repeat it.
  if (!agents.some((agent) => !isUnwell(agent) && agent.engine === wantedEngine(reading.engine))) return false;
  const current = await ports.jobs.current(imageId);
  if (!current || (current.job.status !== 'COMPLETED' && current.job.status !== 'FAILED')) return false;
  if (!(await ports.degradedReadings.countReread(reading))) return false;
  const job = await ports.jobs.reprocess(imageId, current.job.correlation_id);
  const { image_id, job_id, s3_bucket, s3_key, correlation_id } = job;
  await ports.ocrQueue.send({ image_id, job_id, s3_bucket, s3_key }, { correlationId: correlation_id });
  return true;
}

/** Only Apple Vision is stood in for by others. */
function wantedEngine(engine: string): string {
  return engine === 'tesseract' || engine === 'ppocr' ? 'apple-vision' : engine;
}
