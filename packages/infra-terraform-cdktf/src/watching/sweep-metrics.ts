import { CloudwatchLogMetricFilter } from '@cdktn/provider-aws/lib/cloudwatch-log-metric-filter/index.js';
import { Construct } from 'constructs';
import type { SlipstreamFunction } from '../functions/slipstream-function.ts';
import type { Place } from '../terraform/place.ts';
import type { Alarm } from './alarm.ts';

/** The counts of the sweeper's one log line a run. */
export const SWEEP_COUNTS = [
  'jobs_sent',
  'results_sent',
  'validations_sent',
  'runs_sent',
  'given_up',
  'rereads_sent',
  'engines_degraded',
] as const;
type Count = (typeof SWEEP_COUNTS)[number];

/** What the sweeper finds, as metrics made of its log. */
export class SweepMetrics extends Construct {
  readonly namespace: string;

  constructor(scope: Construct, id: string, place: Place, sweeper: SlipstreamFunction) {
    super(scope, id);
    this.namespace = `Slipstream/${place.name}`;
    for (const count of SWEEP_COUNTS) {
      new CloudwatchLogMetricFilter(this, count, {
        name: `${place.name}-sweeper-${count}`,
        logGroupName: sweeper.logGroupName,
        pattern: `{ $.${count} >= 0 }`,
        metricTransformation: { name: `sweeper_${count}`, namespace: this.namespace, value: `$.${count}` },
      });
    }
  }

  alarms(sweeper: SlipstreamFunction, environmentName: string): Alarm[] {
    const run = `aws logs tail ${sweeper.logGroupName} --since 1h`;
    return [
      this.#alarm(
        'sweeper-gave-up',
        'given_up',
        0,
        1,
        'The sweeper gave a job, a receipt or a delta up after twelve attempts.',
        'Given up by the sweeper',
        run,
      ),
      // A lost message now and then is what the sweeper is for; hundreds for an hour are a failing part.
      this.#alarm(
        'sweeper-results',
        'results_sent',
        50,
        12,
        'The sweeper keeps sending OCR results on: process-ocr-results does not get done with them.',
        'The sweeper is busy',
        run,
      ),
      this.#alarm(
        'sweeper-validations',
        'validations_sent',
        50,
        12,
        'The sweeper keeps sending receipts on: validate-receipt does not get done with them.',
        'The sweeper is busy',
        run,
      ),
      this.#alarm(
        'sweeper-runs',
        'runs_sent',
        50,
        12,
        'The sweeper keeps sending deltas on: compaction does not get done with them.',
        'The merchant index is behind',
        run,
      ),
      // A slow first start of Vision is over after a quarter of an hour.
      this.#alarm(
        'engine-degraded',
        'engines_degraded',
        0,
        4,
        'An OCR agent reads with an engine that is not well: receipts come out worse, and are marked and read again when it is.',
        'The OCR engine is not well',
        `./slipstream agents --stack ${environmentName}`,
        'Maximum',
      ),
    ];
  }

  #alarm(
    id: string,
    count: Count,
    threshold: number,
    periods: number,
    means: string,
    heading: string,
    run: string,
    statistic: 'Sum' | 'Maximum' = 'Sum',
  ): Alarm {
    return {
      id,
      heading,
      means,
      run,
      metric: { kind: 'metric', namespace: this.namespace, name: `sweeper_${count}`, dimensions: {}, statistic },
      threshold,
      comparison: 'above',
      period_s: 300,
      periods,
      missing: 'notBreaching',
    };
  }
}
