import { requireSetting } from '@slipstream/runtime';
import { SlipstreamError } from '@slipstream/shared';
import type { AgentHome, HomeSettings } from '../home/agent-home.ts';
import { isOnAws } from '../home/open-home.ts';
import { withOutputs } from '../home/read-outputs.ts';
import { type Check, failed, ok, warning } from './check.ts';

/** AWS refuses signatures that are off by more than five minutes. */
const SKEW_MS_MAX = 300_000;
const SKEW_MS_WISHED = 30_000;
const PROBE_MS_MAX = 10_000;
/** Should the doctor be killed in between, the job comes back after it. */
const TAKEN_MS = 10_000;

/** The queue answers, and these credentials may take a job and give it back: one is, at once, where any waits. */
export async function checkQueue(home: AgentHome): Promise<Check> {
  return probe('queue', async () => {
    const taken = await home.queue.receive({ max: 1, waitMs: 0, visibilityMs: TAKEN_MS });
    await Promise.all(taken.map((delivery) => delivery.release(0)));
    const { ready, inFlight, delayed, dead } = await home.queue.depth();
    const counts = `${ready} ready, ${inFlight} in flight, ${delayed} delayed, ${dead} dead`;
    const found = `${home.place}: ${counts}`;
    return dead === 0 ? ok('queue', found) : warning('queue', found, 'Look at the dead letters: slipstream dead list.');
  });
}

export async function checkBuckets(home: AgentHome): Promise<Check> {
  return probe('buckets', async () => {
    await home.raw.list({ prefix: 'raw/', limit: 1 });
    await home.artifacts.list({ prefix: 'ocr/', limit: 1 });
    return ok('buckets', `${home.raw.bucket} and ${home.artifacts.bucket} can be read`);
  });
}

/** The wall clock against the one that AWS answers with. */
export async function checkClock(settings: HomeSettings): Promise<Check> {
  const what = 'clock';
  if (!isOnAws(settings)) return ok(what, 'one machine, one clock');
  return probe(what, async () => {
    const { ocr_job_queue_url } = await withOutputs(settings);
    const { origin } = new URL(requireSetting('ocr_job_queue_url', ocr_job_queue_url));
    const answer = await fetch(origin, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_MS_MAX) });
    const theirs = Date.parse(answer.headers.get('date') ?? '');
    if (Number.isNaN(theirs)) return warning(what, `${origin} does not tell the time`, 'Check the queue URL.');
    const skew_ms = Math.abs(Date.now() - theirs);
    const found = `${(skew_ms / 1_000).toFixed(0)} s from ${origin}`;
    const fix = 'Turn on "Set time and date automatically" (System Settings, General, Date & Time).';
    if (skew_ms > SKEW_MS_MAX) return failed(what, found, fix);
    return skew_ms > SKEW_MS_WISHED ? warning(what, found, fix) : ok(what, found);
  });
}

/** What is thrown is the finding; our errors say themselves what to do. */
export async function probe(what: string, look: () => Promise<Check>): Promise<Check> {
  try {
    return await look();
  } catch (thrown) {
    const { code, message } = SlipstreamError.from(thrown, 'STORE_UNAVAILABLE');
    return failed(what, `${message} (${code})`, 'Fix what the sentence names, then run "receipt-ocr doctor" again.');
  }
}
