import type { EventEmitter } from 'node:events';
import type { Handled, Lease, Outcome, WorkerReports } from '@slipstream/queue-worker';
import type { Logger } from '@slipstream/runtime';
import { type Delivery, ocrResultMessageSchema } from '@slipstream/shared';
import type { AgentEvents, JobEnd } from './agent-events.ts';
import type { AgentTally } from './agent-status.ts';

/** The worker's reports as log lines, counts and events: a line when a job begins, and one when it ends. */
export function agentReports(logger: Logger, events: EventEmitter<AgentEvents>, tally: AgentTally): WorkerReports {
  return {
    onStart(lease) {
      logger.debug(idsOf(lease.delivery), 'job begins');
      events.emit('job-started');
    },
    onEnd(lease, handled, duration_ms) {
      const end = jobEnd(lease, handled, duration_ms);
      tally.add(end);
      const line = { ...idsOf(lease.delivery), outcome: end.outcome, duration_ms: Math.round(duration_ms) };
      logger[LEVELS[end.outcome]]({ ...line, ...(end.error ? { error: end.error } : {}) }, 'job ended');
      events.emit('job-ended', end);
    },
    onIdle() {
      events.emit('idle');
    },
    onWake(slept_ms) {
      logger.warn({ slept_ms }, 'the machine slept: all leases are in doubt, everything is begun anew');
    },
    onTrouble({ error, source }) {
      logger.warn({ error, source }, 'trouble: waiting until it has passed');
    },
    onRecovery({ error, since, failures }) {
      logger.info({ code: error.code, since: new Date(since).toISOString(), failures }, 'the trouble has passed');
    },
  };
}

const LEVELS = {
  done: 'info',
  unneeded: 'info',
  failed: 'error',
  retried: 'warn',
  'called-off': 'warn',
} as const satisfies Record<Outcome, keyof Logger>;

function jobEnd(lease: Lease, handled: Handled, duration_ms: number): JobEnd {
  const { image_id, job_id } = idsOf(lease.delivery);
  return { image_id, job_id, outcome: handled.outcome, duration_ms, error: handled.error ?? null, lease: lease.lost };
}

function idsOf(delivery: Delivery) {
  const ids = messageIds(delivery.body);
  return { ...ids, correlation_id: delivery.correlationId, receive_count: delivery.receiveCount };
}

/** For log lines only: the message itself is checked where it is worked on. */
function messageIds(body: string): { image_id: string | null; job_id: string | null } {
  try {
    const { image_id, job_id } = ocrResultMessageSchema.parse(JSON.parse(body));
    return { image_id, job_id };
  } catch {
    return { image_id: null, job_id: null }; // its own error says what is wrong with it
  }
}
