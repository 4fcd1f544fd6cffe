import { CloudwatchEventRule } from '@cdktn/provider-aws/lib/cloudwatch-event-rule/index.js';
import { CloudwatchEventTarget } from '@cdktn/provider-aws/lib/cloudwatch-event-target/index.js';
import { LambdaEventSourceMapping } from '@cdktn/provider-aws/lib/lambda-event-source-mapping/index.js';
import { LambdaPermission } from '@cdktn/provider-aws/lib/lambda-permission/index.js';
import { FUNCTION_NAMES, type FunctionName } from '@slipstream/shared';
import { Construct } from 'constructs';
import type { Bundles } from '../bundles/bundle.ts';
import { queueSpecs } from '../data/queue-specs.ts';
import type { Statement } from '../terraform/policy-document.ts';
import { type FunctionSurroundings, SlipstreamFunction } from './slipstream-function.ts';

const SWEEP = 'rate(5 minutes)';
/** A stream keeps a record for a day; ten tries with back-off are some minutes. */
const STREAM_RETRIES_MAX = 10;

/** Every function, and what calls it. */
export class Functions extends Construct {
  readonly byName: ReadonlyMap<FunctionName, SlipstreamFunction>;

  constructor(scope: Construct, id: string, around: FunctionSurroundings, bundles: Bundles) {
    super(scope, id);
    this.byName = new Map(
      FUNCTION_NAMES.map((name) => [
        name,
        new SlipstreamFunction(this, name, around, bundles[name], pollStatements(around, name)),
      ]),
    );
    this.#readQueues(around);
    this.#readStream(around);
    this.#sweep(around);
  }

  get(name: FunctionName): SlipstreamFunction {
    const found = this.byName.get(name);
    if (!found) throw new Error(`There is no function ${name}.`);
    return found;
  }

  #readQueues(around: FunctionSurroundings): void {
    for (const { name, consumer, batching_window_s } of queueSpecs(around.environment)) {
      if (consumer === 'ocr-agent') continue;
      const fn = this.get(consumer);
      new LambdaEventSourceMapping(this, `${name}-mapping`, {
        eventSourceArn: around.data.queues.pairs[name].arn,
        functionName: fn.aliasArn,
        functionResponseTypes: ['ReportBatchItemFailures'],
        ...(fn.size.batch_size === null ? {} : { batchSize: fn.size.batch_size }),
        ...(batching_window_s === 0 ? {} : { maximumBatchingWindowInSeconds: batching_window_s }),
        ...(fn.size.concurrency_max === null ? {} : { scalingConfig: { maximumConcurrency: fn.size.concurrency_max } }),
      });
    }
  }

  #readStream(around: FunctionSurroundings): void {
    const fn = this.get('stream-processor');
    new LambdaEventSourceMapping(this, 'table-stream-mapping', {
      eventSourceArn: around.data.table.streamArn,
      functionName: fn.aliasArn,
      // From the oldest on: nothing that changed before the mapping stood is missed.
      startingPosition: 'TRIM_HORIZON',
      functionResponseTypes: ['ReportBatchItemFailures'],
      ...(fn.size.batch_size === null ? {} : { batchSize: fn.size.batch_size }),
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: STREAM_RETRIES_MAX,
      destinationConfig: { onFailure: { destinationArn: around.data.queues.streamFailures.arn } },
    });
  }

  #sweep(around: FunctionSurroundings): void {
    const fn = this.get('sweeper');
    const rule = new CloudwatchEventRule(this, 'sweep', {
      name: `${around.place.name}-sweep`,
      description: 'Requeues what is stuck',
      scheduleExpression: SWEEP,
    });
    new CloudwatchEventTarget(this, 'sweep-target', { rule: rule.name, arn: fn.aliasArn });
    new LambdaPermission(this, 'sweep-permission', {
      statementId: 'Schedule',
      action: 'lambda:InvokeFunction',
      functionName: fn.name,
      qualifier: fn.aliasName,
      principal: 'events.amazonaws.com',
      sourceArn: rule.arn,
    });
  }
}

/** Lambda polls queues, and puts away what the stream's function could not process, in the function's name. */
function pollStatements({ environment, data }: FunctionSurroundings, name: FunctionName): Statement[] {
  const queues = queueSpecs(environment).filter((spec) => spec.consumer === name);
  if (name === 'stream-processor') {
    return [
      { Sid: 'KeepWhatFailed', Effect: 'Allow', Action: 'sqs:SendMessage', Resource: data.queues.streamFailures.arn },
    ];
  }
  if (queues.length === 0) return [];
  return [
    {
      Sid: 'PollTheQueue',
      Effect: 'Allow',
      Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      Resource: queues.map((queue) => data.queues.pairs[queue.name].arn),
    },
  ];
}
