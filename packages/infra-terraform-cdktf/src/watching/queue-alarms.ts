import { DEPLOYED_QUEUE_NAMES, type DeployedQueueName, QUEUES } from '@slipstream/shared';
import type { QueuePair, Queues } from '../data/queues.ts';
import type { Alarm, SingleMetric } from './alarm.ts';

export function queueAlarms(queues: Queues, environmentName: string): Alarm[] {
  return DEPLOYED_QUEUE_NAMES.flatMap((name) => [
    oldestMessage(name, queues.pairs[name], QUEUES[name].oldest_minutes, environmentName),
    deadLetters(name, queues.pairs[name].dead, environmentName),
  ]);
}

const sqs = (name: string, queue: string, statistic: SingleMetric['statistic']): SingleMetric => ({
  kind: 'metric',
  namespace: 'AWS/SQS',
  name,
  dimensions: { QueueName: queue },
  statistic,
});

function oldestMessage(name: string, pair: QueuePair, minutes: number, environmentName: string): Alarm {
  return {
    id: `${name}-oldest`,
    heading: 'Messages grow old',
    means: `The oldest message of ${name} is older than ${minutes} minutes: its consumer is too slow, failing or gone.`,
    run: `./slipstream queues --stack ${environmentName}`,
    metric: sqs('ApproximateAgeOfOldestMessage', pair.name, 'Maximum'),
    threshold: minutes * 60,
    comparison: 'above',
    period_s: 300,
    periods: 1,
    missing: 'notBreaching',
  };
}

function deadLetters(name: DeployedQueueName, queue: { readonly name: string }, environmentName: string): Alarm {
  return {
    id: `${name}-dead`,
    heading: 'Dead letters',
    means: `A message of ${name} was dead-lettered. Its image is not lost; the reason is kept with it.`,
    run: `./slipstream dead list --queue ${name} --stack ${environmentName}`,
    metric: sqs('ApproximateNumberOfMessagesVisible', queue.name, 'Maximum'),
    threshold: 0,
    comparison: 'above',
    period_s: 300,
    periods: 1,
    missing: 'notBreaching',
  };
}

/** Batches of the change stream that failed; no queue of a consumer, so that AWS's own command looks into it. */
export function streamFailures(queue: { readonly name: string; readonly url: string }): Alarm {
  return {
    id: 'stream-failures-dead',
    heading: 'Dead letters',
    means: 'The change stream gave up on a batch of changes. The sweeper requeues what they were to cause.',
    run: `aws sqs receive-message --queue-url ${queue.url} --max-number-of-messages 10`,
    metric: sqs('ApproximateNumberOfMessagesVisible', queue.name, 'Maximum'),
    threshold: 0,
    comparison: 'above',
    period_s: 300,
    periods: 1,
    missing: 'notBreaching',
  };
}

/** An agent that polls leaves receives behind, empty ones too: none for 15 minutes means that there is no agent. */
export function noAgent(ocrQueue: { readonly name: string }, environmentName: string): Alarm {
  const query = (id: string, metricName: string, stat: string) => ({
    id,
    metric: { namespace: 'AWS/SQS', metricName, dimensions: { QueueName: ocrQueue.name }, period: 300, stat },
    returnData: false,
  });
  return {
    id: 'no-agent',
    heading: 'No agent',
    means: 'Photographs wait for OCR, and no agent has asked for one in the last 15 minutes.',
    run: `./slipstream agents --stack ${environmentName}`,
    metric: {
      kind: 'math',
      queries: [
        query('waiting', 'ApproximateNumberOfMessagesVisible', 'Maximum'),
        query('received', 'NumberOfMessagesReceived', 'Sum'),
        query('asked', 'NumberOfEmptyReceives', 'Sum'),
        {
          id: 'alone',
          expression: 'IF(waiting > 0 AND FILL(received, 0) + FILL(asked, 0) == 0, 1, 0)',
          label: 'waiting while no agent polls',
          returnData: true,
        },
      ],
    },
    threshold: 0,
    comparison: 'above',
    period_s: 300,
    periods: 3,
    missing: 'notBreaching',
  };
}
