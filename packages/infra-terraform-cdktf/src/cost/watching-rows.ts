import { DEPLOYED_QUEUE_NAMES, EVERYWHERE, FUNCTION_NAMES, WORK_METRICS, WORK_OUTCOMES } from '@slipstream/shared';
import type { Environment } from '../environments/environment.ts';
import { SWEEP_COUNTS } from '../watching/sweep-metrics.ts';
import type { CostRow } from './cost-rows.ts';

/** Three a function (errors, throttles, duration), two a queue (age, dead letters), and what stands beside them. */
export function alarmCount(environment: Environment): number {
  const ofSweeps = 5;
  // stream-failures, no-agent, stream-age, API.
  const single = 4;
  return 3 * FUNCTION_NAMES.length + 2 * DEPLOYED_QUEUE_NAMES.length + ofSweeps + single + natAlarmCount(environment);
}

function natAlarmCount({ network, nat, functions }: Environment): number {
  if (network.kind === 'existing' || functions.vpc === 'none') return 0;
  return { instance: 2, gateway: 3, none: 0 }[nat.kind];
}

/** Custom metrics that are there before the first receipt: the sweeper's counts and its own work, and the NAT's path. */
export function standingMetrics(environment: Environment): number {
  const isWatched = environment.nat.kind === 'instance' && natAlarmCount(environment) > 0;
  // Work of the sweeper: count (done) and duration; nothing waits for it, so it has no age.
  return SWEEP_COUNTS.length + 2 + (isWatched ? 1 : 0);
}

/** Custom metrics of the functions' log lines, at most: each function with each outcome, every hour of the month. */
export function workMetricsMax(): number {
  const each = WORK_METRICS.reduce((sum, { dimensions, metrics }) => {
    const combinations = dimensions.some((name) => name === 'outcome') ? WORK_OUTCOMES.length : 1;
    return sum + combinations * metrics.length;
  }, 0);
  return each * FUNCTION_NAMES.length;
}

export function watchingRows(environment: Environment): CostRow[] {
  const alarms = alarmCount(environment);
  const metrics = standingMetrics(environment);
  const { alarm_month, custom_metric_month, health_check_month } = EVERYWHERE;
  const byUse = (workMetricsMax() - 2) * custom_metric_month;
  return [
    {
      part: `${alarms} alarms`,
      // The first ten of an account are free.
      usd_month: Math.max(0, alarms - 10) * alarm_month,
      what_for: 'someone is notified',
      advice: null,
    },
    {
      part: `${metrics} custom metrics`,
      usd_month: metrics * custom_metric_month,
      what_for: "the sweeper's counts and the NAT's path; ten of an account are free",
      advice: null,
    },
    {
      part: 'Metrics of the work',
      usd_month: null,
      what_for: `outcomes, duration, age of each function's work, in the hours in which it works; $${byUse.toFixed(2)} at most`,
      advice: null,
    },
    ...(environment.api.domain?.weighted
      ? [
          {
            part: 'Route 53 health check',
            usd_month: health_check_month,
            what_for: 'takes a failing region off the record',
            advice: null,
          },
        ]
      : []),
  ];
}
