import type { Invocation } from '@slipstream/pipeline';
import type { ChangeHandler } from '@slipstream/pipeline/stream-processor';
import type { RecordChange, StoredRecord } from '@slipstream/shared';
import { recordOfAttributes } from '@slipstream/store-aws';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent, StreamRecord } from 'aws-lambda';

/** A use case that reads the change stream, as the table's event source mapping invokes it (`ReportBatchItemFailures`). */
export function onChanges(
  handle: ChangeHandler,
): (event: DynamoDBStreamEvent, invocation: Invocation) => Promise<DynamoDBBatchResponse> {
  return async ({ Records = [] }, invocation) => {
    const { retryFrom } = await handle(Records.flatMap(recordChange), invocation);
    return { batchItemFailures: retryFrom === null ? [] : [{ itemIdentifier: retryFrom }] };
  };
}

/** None for an item that is none of our records: nobody follows it. */
export function recordChange({ eventName, dynamodb = {} }: DynamoDBRecord): readonly RecordChange[] {
  const [before, after] = [recordOf(dynamodb.OldImage), recordOf(dynamodb.NewImage)];
  const record = after ?? before;
  if (record === null || eventName === undefined) return [];
  return [
    {
      kind: eventName,
      sequence: dynamodb.SequenceNumber ?? '',
      at: (dynamodb.ApproximateCreationDateTime ?? 0) * 1_000,
      key: { pk: record.pk, sk: record.sk },
      before,
      after,
    },
  ];
}

/** The SDK's AttributeValue and the event's differ only in the type of binaries, of which records have none. */
function recordOf(image: StreamRecord['NewImage']): StoredRecord | null {
  return image === undefined ? null : recordOfAttributes(image as Parameters<typeof recordOfAttributes>[0]);
}
