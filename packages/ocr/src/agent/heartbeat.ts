import type { AgentNews, Agents } from '@slipstream/records';
import type { Logger } from '@slipstream/runtime';
import type { Clock } from '@slipstream/shared';
import { SlipstreamError } from '@slipstream/shared';
import type { AgentStatus } from './agent-status.ts';

const WORKING_INTERVAL_MS = 60_000;
const IDLE_INTERVAL_MS = 900_000;
/** An idle agent that misses two heartbeats counts as gone. */
const ALIVE_MS = 2 * IDLE_INTERVAL_MS + 300_000;
/** A stop waits this long for the record's removal; what is not removed is forgotten by its age. */
const FAREWELL_MS_MAX = 2_000;

export interface HeartbeatOptions {
  readonly agents: Pick<Agents, 'report' | 'remove' | 'removeGone'>;
  readonly status: () => AgentStatus;
  /** Who it is. */
  readonly self: Pick<AgentNews, 'agent_id' | 'host' | 'pid' | 'version'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Writes the agent's record: when it starts, each minute while it works, each 15 minutes while it idles; and removes it
 * when it stops. A failure to write concerns no job: it is tried again with the next, and what lasts is the worker's to say.
 */
export async function beat(options: HeartbeatOptions, signal: AbortSignal): Promise<void> {
  const { agents, status, self, clock } = options;
  await attempt(options, () => agents.removeGone(), WORKING_INTERVAL_MS, signal);
  let reportedAt = Number.NEGATIVE_INFINITY;
  let endedBefore = -1;
  let healthBefore: string | undefined;
  while (!signal.aborted) {
    const now = status();
    const ended = endedJobs(now);
    const isWorking = now.in_hand > 0 || ended !== endedBefore;
    const isChanged = now.engine.health?.since !== healthBefore;
    if (isWorking || isChanged || clock.monotonic() - reportedAt >= IDLE_INTERVAL_MS) {
      const news = { ...self, ...newsOf(now) };
      await attempt(options, () => agents.report(news, ALIVE_MS), WORKING_INTERVAL_MS, signal);
      reportedAt = clock.monotonic();
      endedBefore = ended;
      healthBefore = now.engine.health?.since;
    }
    await clock.sleep(WORKING_INTERVAL_MS, signal);
  }
  await attempt(options, () => agents.remove(self.agent_id), FAREWELL_MS_MAX);
}

function newsOf(status: AgentStatus): Omit<AgentNews, 'agent_id' | 'host' | 'pid' | 'version'> {
  const { engine, state, in_hand, counts, started_at, last_job } = status;
  return {
    started_at,
    engine: engine.name,
    engine_version: engine.version,
    state,
    ...healthColumns(engine.health),
    in_hand,
    done: counts.done,
    failed: counts.failed,
    ...(last_job ? { last_image_id: last_job.image_id, last_job_at: last_job.at } : {}),
  };
}

function healthColumns(health: AgentStatus['engine']['health']) {
  if (health === null) return {};
  const { state, level, since, reason } = health;
  return { health: state, health_level: level, health_since: since, ...(reason ? { health_reason: reason } : {}) };
}

function endedJobs({ counts }: AgentStatus): number {
  return counts.done + counts.failed + counts.retried + counts.called_off + counts.unneeded;
}

/** Resolves when it is written or has failed, and at the latest after `ms_max` or when the signal aborts. */
async function attempt(
  { clock, logger }: HeartbeatOptions,
  write: () => Promise<unknown>,
  ms_max: number,
  signal?: AbortSignal,
): Promise<void> {
  const ended = new AbortController();
  void write()
    .catch((error: unknown) =>
      logger.debug({ error: SlipstreamError.from(error) }, 'the heartbeat could not be written'),
    )
    .finally(() => ended.abort());
  await clock.sleep(ms_max, signal ? AbortSignal.any([ended.signal, signal]) : ended.signal);
}
