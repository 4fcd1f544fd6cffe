import { CloudwatchDashboard } from '@cdktn/provider-aws/lib/cloudwatch-dashboard/index.js';
import { METRICS_NAMESPACE } from '@slipstream/shared';
import { Construct } from 'constructs';
import type { Queues } from '../data/queues.ts';
import type { Functions } from '../functions/functions.ts';
import { NAT_METRIC_NAMESPACE } from '../nat-instance/nat-role.ts';
import type { Place } from '../terraform/place.ts';

type Metric = readonly (string | Readonly<Record<string, string>>)[];

const WIDTH = 12;
const HEIGHT = 6;

export interface DashboardParts {
  readonly queues: Queues;
  readonly functions: Functions;
  readonly apiId: string;
  readonly hasNatInstance: boolean;
  readonly environmentName: string;
  readonly sweepNamespace: string;
}

/** One page, in the order of a receipt's way. The first three dashboards of an account are free. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, place: Place, parts: DashboardParts) {
    super(scope, id);
    const { queues, functions } = parts;
    const ofFunctions = (metric: string): Metric[] =>
      [...functions.byName.values()].map((fn) => ['AWS/Lambda', metric, 'FunctionName', fn.name]);
    const ofQueues = (metric: string): Metric[] =>
      queues.all.map((queue) => ['AWS/SQS', metric, 'QueueName', queue.name]);
    // What the functions' log lines tell of each message, image or request.
    const ofWork = (metric: string, ...outcome: string[]): Metric[] =>
      [...functions.byName.keys()].map((name) => [
        METRICS_NAMESPACE,
        metric,
        'environment',
        parts.environmentName,
        'function',
        name,
        ...outcome.flatMap((each) => ['outcome', each]),
      ]);
    const charts: { title: string; stat: string; metrics: Metric[] }[] = [
      { title: 'Messages waiting', stat: 'Maximum', metrics: ofQueues('ApproximateNumberOfMessagesVisible') },
      { title: 'Age of the oldest message (s)', stat: 'Maximum', metrics: ofQueues('ApproximateAgeOfOldestMessage') },
      {
        title: 'Dead letters',
        stat: 'Maximum',
        metrics: [...queues.all.map((queue) => queue.dead.name), queues.streamFailures.name].map((name) => [
          'AWS/SQS',
          'ApproximateNumberOfMessagesVisible',
          'QueueName',
          name,
        ]),
      },
      { title: 'Invocations', stat: 'Sum', metrics: ofFunctions('Invocations') },
      { title: 'Errors', stat: 'Sum', metrics: ofFunctions('Errors') },
      { title: 'Duration (ms)', stat: 'Maximum', metrics: ofFunctions('Duration') },
      { title: 'Work done', stat: 'Sum', metrics: ofWork('count', 'done') },
      {
        title: 'Work to be tried again, and rejected',
        stat: 'Sum',
        metrics: [...ofWork('count', 'retry'), ...ofWork('count', 'rejected')],
      },
      { title: 'Age of work when it was begun (ms)', stat: 'Maximum', metrics: ofWork('age_ms') },
      {
        title: 'Age of the change stream (ms)',
        stat: 'Maximum',
        metrics: [['AWS/Lambda', 'IteratorAge', 'FunctionName', functions.get('stream-processor').name]],
      },
      {
        title: 'API: requests and errors',
        stat: 'Sum',
        metrics: ['Count', '4xx', '5xx'].map((metric) => ['AWS/ApiGateway', metric, 'ApiId', parts.apiId]),
      },
      {
        title: 'Requeued by the sweeper',
        stat: 'Sum',
        metrics: ['jobs_sent', 'results_sent', 'validations_sent', 'given_up'].map((count) => [
          parts.sweepNamespace,
          `sweeper_${count}`,
        ]),
      },
      ...(parts.hasNatInstance
        ? [
            {
              title: 'NAT path',
              stat: 'Minimum',
              metrics: [[NAT_METRIC_NAMESPACE, 'NatDataPathOk', 'Environment', parts.environmentName]],
            },
          ]
        : []),
    ];
    new CloudwatchDashboard(this, 'dashboard', {
      dashboardName: place.name,
      dashboardBody: JSON.stringify({
        widgets: charts.map(({ title, stat, metrics }, index) => ({
          type: 'metric',
          x: (index % 2) * WIDTH,
          y: Math.floor(index / 2) * HEIGHT,
          width: WIDTH,
          height: HEIGHT,
          properties: { title, stat, metrics, region: place.region, view: 'timeSeries', period: 300 },
        })),
      }),
    });
  }
}
