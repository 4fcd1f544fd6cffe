import { SlipstreamError } from '@slipstream/shared';
import { metricFields } from './metric-fields.ts';
import type { LogPorts } from './work-ports.ts';

export interface UnitOfWork {
  /** The function's name. */
  readonly name: string;
  readonly request_id: string;
  readonly correlation_id: string;
  /** Epoch milliseconds since when it has waited; null where nobody knows. */
  readonly waiting_since: number | null;
}

export type UnitOutcome<T> =
  | { readonly kind: 'done'; readonly result: T }
  /** To be tried again. */
  | { readonly kind: 'retry'; readonly error: SlipstreamError }
  /** Never to be tried again. */
  | { readonly kind: 'rejected'; readonly error: SlipstreamError };

/** Ids and counts for the line; a `correlation_id` among them is a better one than the unit came with. */
export type LogFields = Readonly<Record<string, string | number>>;

/**
 * Runs one unit of work between two log lines: one when it starts (debug), one when it ends with its outcome, its
 * duration, its ids and its metrics. Never rejects.
 */
export async function runUnit<T extends LogFields>(
  ports: LogPorts,
  unit: UnitOfWork,
  work: () => Promise<T>,
): Promise<UnitOutcome<T>> {
  const { name, request_id, correlation_id } = unit;
  const startedAt = ports.clock.monotonic();
  const age_ms = unit.waiting_since === null ? null : Math.max(0, ports.clock.now() - unit.waiting_since);
  const logger = ports.logger.child({ request_id });
  logger.debug({ function: name, correlation_id }, `${name} begins`);
  const outcome = await settled(work());
  const measured = {
    function: name,
    outcome: outcome.kind,
    duration_ms: Math.round(ports.clock.monotonic() - startedAt),
    age_ms,
  };
  const metrics = ports.metricsOf ? metricFields(measured, ports.metricsOf, ports.clock.now()) : measured;
  const fields = { correlation_id, ...metrics };
  switch (outcome.kind) {
    case 'done':
      logger.info({ ...fields, ...idsOf(outcome.result) }, `${name} done`);
      break;
    case 'retry':
      logger.warn({ error: outcome.error, ...fields }, `${name} will be tried again`);
      break;
    case 'rejected':
      logger.error({ error: outcome.error, ...fields }, `${name} rejected it`);
      break;
  }
  return outcome;
}

/** Of a generic type pino cannot tell that it is fields. */
const idsOf = (fields: LogFields): LogFields => fields;

async function settled<T>(work: Promise<T>): Promise<UnitOutcome<T>> {
  try {
    return { kind: 'done', result: await work };
  } catch (thrown) {
    const error = SlipstreamError.from(thrown);
    return { kind: error.retry === 'never' ? 'rejected' : 'retry', error };
  }
}
