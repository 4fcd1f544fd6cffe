import type { WorkerState } from '@slipstream/queue-worker';
import type { Clock, EngineHealth } from '@slipstream/shared';
import type { JobEnd } from './agent-events.ts';

export interface AgentStatus {
  readonly state: WorkerState;
  readonly engine: {
    readonly name: string;
    readonly version: string;
    /** null where the engine either works or throws. */
    readonly health: EngineHealth | null;
  };
  readonly concurrency: number;
  readonly started_at: string;
  readonly in_hand: number;
  readonly counts: AgentCounts;
  /** Images read in the last five minutes, a minute. */
  readonly images_per_minute: number;
  readonly last_job: LastJob | null;
  readonly last_error: LastError | null;
  /** What the agent waits out at present. */
  readonly trouble: LastError | null;
}

export interface AgentCounts {
  done: number;
  failed: number;
  retried: number;
  unneeded: number;
  called_off: number;
}

export interface LastJob {
  readonly image_id: string;
  readonly job_id: string;
  readonly at: string;
}

export interface LastError {
  readonly code: string;
  readonly message: string;
  readonly at: string;
}

const PACE_WINDOW_MS = 300_000;
/** Newest ends that the pace is reckoned from; more a minute than an engine can read. */
const PACE_ENDS_MAX = 10_000;

/** Counts what has ended, for status and heartbeat. */
export class AgentTally {
  readonly counts: AgentCounts = { done: 0, failed: 0, retried: 0, unneeded: 0, called_off: 0 };
  lastJob: LastJob | null = null;
  lastError: LastError | null = null;
  readonly #clock: Clock;
  readonly #startedAt: number;
  readonly #ends: number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startedAt = clock.monotonic();
  }

  add({ outcome, image_id, job_id, error }: JobEnd): void {
    const at = new Date(this.#clock.now()).toISOString();
    this.counts[outcome === 'called-off' ? 'called_off' : outcome] += 1;
    if (error !== null) this.lastError = { code: error.code, message: error.message, at };
    if (outcome !== 'done') return;
    if (image_id !== null && job_id !== null) this.lastJob = { image_id, job_id, at };
    this.#ends.push(this.#clock.monotonic());
    if (this.#ends.length > PACE_ENDS_MAX) this.#ends.splice(0, PACE_ENDS_MAX / 2);
  }

  imagesPerMinute(): number {
    const now = this.#clock.monotonic();
    const window_ms = Math.min(PACE_WINDOW_MS, Math.max(now - this.#startedAt, 1_000));
    const recent = this.#ends.filter((at) => at > now - window_ms).length;
    return Math.round((recent / window_ms) * 60_000 * 10) / 10;
  }
}
