import type { CloudwatchMetricAlarmMetricQuery } from '@cdktn/provider-aws/lib/cloudwatch-metric-alarm/index.js';

/** An alarm as data: what it watches, and what it tells the person whom it wakes. */
export interface Alarm {
  /** Part of the alarm's name. */
  readonly id: string;
  /** The heading in RUNBOOK.md. */
  readonly heading: string;
  /** One sentence: what is the matter. */
  readonly means: string;
  /** The command to begin with. */
  readonly run: string;
  readonly metric: SingleMetric | MetricMath;
  readonly threshold: number;
  readonly comparison: 'above' | 'below';
  readonly period_s: number;
  /** How many periods in a row. */
  readonly periods: number;
  readonly missing: 'notBreaching' | 'breaching';
}

export interface SingleMetric {
  readonly kind: 'metric';
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: 'Maximum' | 'Minimum' | 'Sum' | 'Average';
}

interface MetricMath {
  readonly kind: 'math';
  readonly queries: readonly CloudwatchMetricAlarmMetricQuery[];
}

export function alarmText(alarm: Alarm): string {
  return `${alarm.means} Run: ${alarm.run} Then: RUNBOOK.md, "${alarm.heading}".`;
}
