import { createHash, randomUUID } from 'node:crypto';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { InvocationContext } from '@slipstream/pipeline';
import type { Delivery, RecordChange, StoredRecord } from '@slipstream/shared';
import type { AttributeValue, DynamoDBRecord, SQSRecord } from 'aws-lambda';

/** The event shapes that Lambda hands over, made of what the ports deliver: the handlers cannot tell where they run. */

const REGION = 'local';
const ACCOUNT = '000000000000';

export function sqsRecord(queueName: string, delivery: Delivery): SQSRecord {
  const { correlationId } = delivery;
  return {
    messageId: delivery.id,
    receiptHandle: delivery.id,
    body: delivery.body,
    attributes: {
      ApproximateReceiveCount: String(delivery.receiveCount),
      SentTimestamp: String(delivery.sentAt),
      SenderId: ACCOUNT,
      ApproximateFirstReceiveTimestamp: String(delivery.sentAt),
    },
    messageAttributes: correlationId ? { correlation_id: { stringValue: correlationId, dataType: 'String' } } : {},
    md5OfBody: createHash('md5').update(delivery.body).digest('hex'),
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:${REGION}:${ACCOUNT}:${queueName}`,
    awsRegion: REGION,
  };
}

export function dynamoDbRecord(change: RecordChange): DynamoDBRecord {
  return {
    eventID: change.sequence,
    eventName: change.kind,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: REGION,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(change.at / 1_000),
      Keys: attributes({ ...change.key }),
      ...(change.before ? { OldImage: attributes(change.before) } : {}),
      ...(change.after ? { NewImage: attributes(change.after) } : {}),
      SequenceNumber: change.sequence,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  };
}

/** The SDK's AttributeValue and the event's differ only in the type of binaries, of which records have none. */
function attributes(record: StoredRecord | Record<string, string>): Record<string, AttributeValue> {
  return marshall(record, { removeUndefinedValues: true }) as Record<string, AttributeValue>;
}

/** A context whose time runs out as Lambda's does. */
export function invocationContext(timeoutMs: number): InvocationContext {
  const deadline = performance.now() + timeoutMs;
  return { awsRequestId: randomUUID(), getRemainingTimeInMillis: () => Math.max(0, deadline - performance.now()) };
}
