import { createHash } from 'node:crypto';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Delivery, RecordChange, StoredRecord } from '@slipstream/shared';
import type { AttributeValue, DynamoDBRecord, SQSRecord } from 'aws-lambda';

/** The event shapes that Lambda hands to a function, made of what the ports deliver. */

const REGION = 'us-east-1';
const ACCOUNT = '000000000000';

export function sqsRecord(
  delivery: Pick<Delivery, 'id' | 'body'> & Partial<Pick<Delivery, 'receiveCount' | 'sentAt' | 'correlationId'>>,
): SQSRecord {
  const { id, body, receiveCount = 1, sentAt = 0, correlationId = null } = delivery;
  return {
    messageId: id,
    receiptHandle: id,
    body,
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: String(sentAt),
      SenderId: ACCOUNT,
      ApproximateFirstReceiveTimestamp: String(sentAt),
    },
    messageAttributes:
      correlationId === null ? {} : { correlation_id: { stringValue: correlationId, dataType: 'String' } },
    md5OfBody: createHash('md5').update(body).digest('hex'),
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:${REGION}:${ACCOUNT}:queue`,
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
  return marshall(record, { removeUndefinedValues: true, allowImpreciseNumbers: true }) as Record<
    string,
    AttributeValue
  >;
}
