import type { FunctionName } from '@slipstream/shared';
import type { SlipstreamFunction } from '../functions/slipstream-function.ts';
import type { Alarm, SingleMetric } from './alarm.ts';

/** Of a function's time-out: beyond it, the next slower one is cut off. */
const DURATION_SHARE_MAX = 0.85;

export function functionAlarms(functions: ReadonlyMap<FunctionName, SlipstreamFunction>): Alarm[] {
  return [...functions].flatMap(([name, fn]) => [
    functionAlarm(name, fn, 'Errors', 'Sum', 0, {
      id: `${name}-errors`,
      heading: 'Function errors',
      means: `${name} failed as a whole (a time-out, a crash, memory): single messages that fail are no such error.`,
      run: `aws logs tail ${fn.logGroupName} --since 30m`,
      periods: 1,
    }),
    // The one writer is throttled by design while it works; only for long is it a sign.
    functionAlarm(name, fn, 'Throttles', 'Sum', 0, {
      id: `${name}-throttles`,
      heading: 'Throttled functions',
      means: `${name} was refused a place to run: the account's or its own concurrency is used up.`,
      run: 'aws lambda get-account-settings',
      periods: fn.size.concurrency_reserved === null ? 1 : 12,
    }),
    functionAlarm(name, fn, 'Duration', 'Maximum', fn.size.timeout_s * 1000 * DURATION_SHARE_MAX, {
      id: `${name}-duration`,
      heading: 'Near the time-out',
      means: `${name} took more than 85 % of its ${fn.size.timeout_s} s.`,
      run: `aws logs tail ${fn.logGroupName} --since 30m`,
      periods: 1,
    }),
  ]);
}

function functionAlarm(
  name: FunctionName,
  fn: SlipstreamFunction,
  metric: string,
  statistic: SingleMetric['statistic'],
  threshold: number,
  text: Pick<Alarm, 'id' | 'heading' | 'means' | 'run' | 'periods'>,
): Alarm {
  return {
    ...text,
    metric: { kind: 'metric', namespace: 'AWS/Lambda', name: metric, dimensions: { FunctionName: fn.name }, statistic },
    threshold,
    comparison: 'above',
    period_s: name === 'sweeper' ? 600 : 300,
    missing: 'notBreaching',
  };
}

/** Beyond an hour of 24, changes are on their way to being lost. */
export function streamAge(fn: SlipstreamFunction): Alarm {
  return {
    id: 'stream-age',
    heading: 'The change stream is behind',
    means: 'Changes of records wait for more than an hour; after 24 hours the stream forgets them.',
    run: `aws lambda list-event-source-mappings --function-name ${fn.name}:live`,
    metric: {
      kind: 'metric',
      namespace: 'AWS/Lambda',
      name: 'IteratorAge',
      dimensions: { FunctionName: fn.name },
      statistic: 'Maximum',
    },
    threshold: 3_600_000,
    comparison: 'above',
    period_s: 300,
    periods: 2,
    missing: 'notBreaching',
  };
}
