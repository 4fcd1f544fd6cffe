import type { AgentNews, Agents } from '@slipstream/records';
import type { Logger } from '@slipstream/runtime';
import type { Clock } from '@slipstream/shared';
import { SlipstreamError } from '@slipstream/shared';
import type { AgentStatus } from './agent-status.ts';

/** How late a change may be known: on AWS each is a request, while an agent works at most 6 a minute. */
const CHANGE_INTERVAL_MS = 10_000;
const IDLE_INTERVAL_MS = 900_000;
/** An idle agent that misses two heartbeats counts as gone. */
const ALIVE_MS = 2 * IDLE_INTERVAL_MS + 300_000;
/** A store that does not answer is not waited for longer: the next look tries again. */
const WRITE_MS_MAX = 60_000;
/** A stop waits this long for the record's removal; what is not removed is forgotten by its age. */
const FAREWELL_MS_MAX = 2_000;

export interface HeartbeatOptions {
  readonly agents: Pick<Agents, 'report' | 'remove' | 'removeGone'>;
  readonly status: () => AgentStatus;
  /** Who it is. */
  readonly self: Pick<AgentNews, 'agent_id' | 'host' | 'pid' | 'version'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How often is looked whether there is news; in the embedded environment it costs nothing to be prompt. */
  readonly interval_ms?: number;
}

/**
 * Writes the agent's record: when it starts, within `interval_ms` of a change, and each 15 minutes while it idles; and
 * removes it when it stops. A failure to write concerns no job: it is tried again with the next, and what lasts is the worker's to say.
 */
export async function beat(options: HeartbeatOptions, signal: AbortSignal): Promise<void> {
  const { agents, status, self, clock, interval_ms = CHANGE_INTERVAL_MS } = options;
  await attempt(options, () => agents.removeGone(), WRITE_MS_MAX, signal);
  let reportedAt = Number.NEGATIVE_INFINITY;
  let before = '';
  while (!signal.aborted) {
    const news = { ...self, ...newsOf(status()) };
    const said = JSON.stringify(news);
    if (said !== before || clock.monotonic() - reportedAt >= IDLE_INTERVAL_MS) {
      await attempt(options, () => agents.report(news, ALIVE_MS), WRITE_MS_MAX, signal);
      reportedAt = clock.monotonic();
      before = said;
    }
    await clock.sleep(interval_ms, signal);
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
