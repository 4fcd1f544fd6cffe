import { METRICS_NAMESPACE, WORK_METRICS } from '@slipstream/shared';

/** As the deploy names it in the function's variables. */
export function metricsEnvironment(variables: Readonly<Record<string, string | undefined>>): string {
  return variables.SLIPSTREAM_ENVIRONMENT || 'unnamed';
}

/** What one unit of work came to: `outcome` counts it, `age_ms` is how long it had waited when it was begun. */
export interface Measured {
  readonly function: string;
  readonly outcome: string;
  readonly duration_ms: number;
  readonly age_ms: number | null;
}

/**
 * The fields that make a log line carry its metrics too: CloudWatch's embedded metric format. The line is written
 * anyway, so a metric costs no second one (Powertools' Metrics writes a line of its own for each outcome).
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metricFields(measured: Measured, environment: string, now: number): Readonly<Record<string, unknown>> {
  const { age_ms, ...line } = measured;
  const values = { count: 1, duration_ms: measured.duration_ms, ...(age_ms === null ? {} : { age_ms }) };
  return {
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: WORK_METRICS.map(({ dimensions, metrics }) => ({
        Namespace: METRICS_NAMESPACE,
        Dimensions: [dimensions],
        Metrics: metrics.filter(({ name }) => name in values).map(({ name, unit }) => ({ Name: name, Unit: unit })),
      })),
    },
    environment,
    ...line,
    ...values,
  };
}
