import { SqsQueue } from '@cdktn/provider-aws/lib/sqs-queue/index.js';
import { SqsQueuePolicy } from '@cdktn/provider-aws/lib/sqs-queue-policy/index.js';
import { SqsQueueRedriveAllowPolicy } from '@cdktn/provider-aws/lib/sqs-queue-redrive-allow-policy/index.js';
import { DEPLOYED_QUEUE_NAMES, type DeployedQueueName, eachDeployedQueue } from '@slipstream/shared';
import { Construct } from 'constructs';
import type { Environment } from '../environments/environment.ts';
import type { Place } from '../terraform/place.ts';
import { policyDocument, type Statement } from '../terraform/policy-document.ts';
import { queueSpecs } from './queue-specs.ts';

const DAY_S = 86_400;
/** SQS's longest wait: fewest empty receives. */
const LONG_POLL_S = 20;

export interface QueuePair {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  readonly dead: { readonly name: string; readonly url: string; readonly arn: string };
}

/** Each queue with its dead letters. */
export class Queues extends Construct {
  readonly pairs: Readonly<Record<DeployedQueueName, QueuePair>>;
  /** Stream records that the stream's function could not process. */
  readonly streamFailures: { readonly name: string; readonly url: string; readonly arn: string };

  /** Lets the raw bucket send: has to stand before the bucket is told to. */
  readonly uploadsPolicy: SqsQueuePolicy;

  constructor(
    scope: Construct,
    id: string,
    place: Place,
    environment: Environment,
    keyArn: string,
    rawBucketArn: string,
  ) {
    super(scope, id);
    const { message_days, dead_letter_days } = environment.retention;
    const encryption = { kmsMasterKeyId: keyArn, kmsDataKeyReusePeriodSeconds: 3600 };
    const deadLetters = (name: string) =>
      new SqsQueue(this, name, {
        name: `${place.name}-${name}`,
        messageRetentionSeconds: dead_letter_days * DAY_S,
        receiveWaitTimeSeconds: LONG_POLL_S,
        ...encryption,
      });

    const pairs = new Map<DeployedQueueName, QueuePair>();
    let uploadsPolicy: SqsQueuePolicy | null = null;
    for (const spec of queueSpecs(environment)) {
      const dead = deadLetters(`${spec.name}-dead`);
      const queue = new SqsQueue(this, spec.name, {
        name: `${place.name}-${spec.name}`,
        visibilityTimeoutSeconds: spec.visibility_timeout_s,
        messageRetentionSeconds: message_days * DAY_S,
        receiveWaitTimeSeconds: LONG_POLL_S,
        redrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: spec.receives_max }),
        ...encryption,
      });
      new SqsQueueRedriveAllowPolicy(this, `${spec.name}-redrive`, {
        queueUrl: dead.url,
        redriveAllowPolicy: JSON.stringify({ redrivePermission: 'byQueue', sourceQueueArns: [queue.arn] }),
      });
      for (const each of [queue, dead]) {
        const isUploads = spec.name === 'uploads-queue' && each === queue;
        const policy = new SqsQueuePolicy(this, `${each.node.id}-policy`, {
          queueUrl: each.url,
          policy: policyDocument([
            tlsOnly(each.arn),
            ...(isUploads ? [fromBucket(each.arn, rawBucketArn, place)] : []),
          ]),
        });
        if (isUploads) uploadsPolicy = policy;
      }
      pairs.set(spec.name, pairOf(queue, dead));
    }
    const failures = deadLetters('stream-failures');
    new SqsQueuePolicy(this, 'stream-failures-policy', {
      queueUrl: failures.url,
      policy: policyDocument([tlsOnly(failures.arn)]),
    });
    this.streamFailures = { name: failures.name, url: failures.url, arn: failures.arn };
    this.pairs = eachDeployedQueue((name) => {
      const pair = pairs.get(name);
      if (!pair) throw new Error(`The queue ${name} has no specification.`);
      return pair;
    });
    if (!uploadsPolicy) throw new Error('The uploads queue has no policy.');
    this.uploadsPolicy = uploadsPolicy;
  }

  get all(): readonly QueuePair[] {
    return DEPLOYED_QUEUE_NAMES.map((name) => this.pairs[name]);
  }
}

function pairOf(queue: SqsQueue, dead: SqsQueue): QueuePair {
  return { name: queue.name, url: queue.url, arn: queue.arn, dead: { name: dead.name, url: dead.url, arn: dead.arn } };
}

function tlsOnly(arn: string): Statement {
  return {
    Sid: 'TlsOnly',
    Effect: 'Deny',
    Principal: '*',
    Action: 'sqs:*',
    Resource: arn,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}

function fromBucket(queueArn: string, bucketArn: string, place: Place): Statement {
  return {
    Sid: 'RawBucketSends',
    Effect: 'Allow',
    Principal: { Service: 's3.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: queueArn,
    Condition: { ArnEquals: { 'aws:SourceArn': bucketArn }, StringEquals: { 'aws:SourceAccount': place.accountId } },
  };
}
