import { BudgetsBudget } from '@cdktn/provider-aws/lib/budgets-budget/index.js';
import { CloudwatchMetricAlarm } from '@cdktn/provider-aws/lib/cloudwatch-metric-alarm/index.js';
import { Construct } from 'constructs';
import type { Queues } from '../data/queues.ts';
import type { Environment } from '../environments/environment.ts';
import type { Functions } from '../functions/functions.ts';
import { type Place, STACK_TAG } from '../terraform/place.ts';
import { type Alarm, alarmText } from './alarm.ts';
import { AlarmTopic } from './alarm-topic.ts';
import { apiErrors } from './api-alarm.ts';
import { Dashboard } from './dashboard.ts';
import { functionAlarms, streamAge } from './function-alarms.ts';
import { natAlarms, type WatchedNat } from './nat-alarm.ts';
import { noAgent, queueAlarms, streamFailures } from './queue-alarms.ts';
import { SweepMetrics } from './sweep-metrics.ts';

export interface Watched {
  readonly queues: Queues;
  readonly functions: Functions;
  readonly apiId: string;
  readonly apiUrl: string;
  readonly nat: WatchedNat | null;
}

/** Alarms, where they go, and the page that shows what they watch. */
export class Watching extends Construct {
  readonly topicArn: string;
  readonly alarmNames: readonly string[];

  constructor(scope: Construct, id: string, place: Place, environment: Environment, keyArn: string, watched: Watched) {
    super(scope, id);
    const { queues, functions, apiId, apiUrl, nat } = watched;
    this.topicArn = new AlarmTopic(this, 'topic', place, keyArn, notified(environment.watching.alarm_email)).arn;
    const sweeper = functions.get('sweeper');
    const sweeps = new SweepMetrics(this, 'sweeps', place, sweeper);
    const alarms = [
      ...queueAlarms(queues, environment.name),
      streamFailures(queues.streamFailures),
      noAgent(queues.pairs['ocr-queue'], environment.name),
      ...functionAlarms(functions.byName),
      streamAge(functions.get('stream-processor')),
      ...sweeps.alarms(sweeper, environment.name),
      apiErrors(apiId, apiUrl),
      ...natAlarms(environment.name, nat),
    ];
    this.alarmNames = alarms.map((alarm) => this.#raise(place, alarm));
    this.#watchCost(place, environment.watching.monthly_cost_usd);
    new Dashboard(this, 'dashboard', place, {
      queues,
      functions,
      apiId,
      hasNatInstance: nat?.kind === 'instance',
      environmentName: environment.name,
      sweepNamespace: sweeps.namespace,
    });
  }

  #raise(place: Place, alarm: Alarm): string {
    const { metric } = alarm;
    const name = `${place.name}-${alarm.id}`;
    new CloudwatchMetricAlarm(this, alarm.id, {
      alarmName: name,
      alarmDescription: alarmText(alarm),
      comparisonOperator: alarm.comparison === 'above' ? 'GreaterThanThreshold' : 'LessThanThreshold',
      threshold: alarm.threshold,
      evaluationPeriods: alarm.periods,
      treatMissingData: alarm.missing,
      alarmActions: [this.topicArn],
      okActions: [this.topicArn],
      ...(metric.kind === 'math'
        ? { metricQuery: [...metric.queries] }
        : {
            namespace: metric.namespace,
            metricName: metric.name,
            dimensions: { ...metric.dimensions },
            statistic: metric.statistic,
            period: alarm.period_s,
          }),
    });
    return name;
  }

  /** This stack's cost alone: two stacks of an account are not each other's alarm. It counts from the day on which the tag is activated for billing (npm run cost:tags). */
  #watchCost(place: Place, monthlyUsd: number): void {
    const toTopic = {
      comparisonOperator: 'GREATER_THAN',
      threshold: 100,
      thresholdType: 'PERCENTAGE',
      subscriberSnsTopicArns: [this.topicArn],
    };
    new BudgetsBudget(this, 'monthly-cost', {
      name: `${place.name}-monthly-cost`,
      budgetType: 'COST',
      limitAmount: `${monthlyUsd}`,
      limitUnit: 'USD',
      timeUnit: 'MONTHLY',
      costFilter: [{ name: 'TagKeyValue', values: [`user:${STACK_TAG}$${place.name}`] }],
      notification: [
        { ...toTopic, notificationType: 'ACTUAL' },
        { ...toTopic, notificationType: 'FORECASTED' },
      ],
    });
  }
}

function notified(email: Environment['watching']['alarm_email']): string | null {
  return email === 'none' ? null : email;
}
