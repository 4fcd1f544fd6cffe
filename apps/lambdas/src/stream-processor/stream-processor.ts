import { unmarshall } from '@aws-sdk/util-dynamodb';
import { receiptRecordSchema, SlipstreamError } from '@slipstream/shared';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { FunctionPorts, InvocationContext } from '../runtime/function-ports.ts';

const RESERVE_MS = 2_000;

/**
 * Changes of the table → validate-queue. A stream is read in order, so the first record that fails ends the batch:
 * the mapping comes again from there.
 */
export function createStreamProcessor(
  ports: FunctionPorts,
): (event: DynamoDBStreamEvent, context: InvocationContext) => Promise<DynamoDBBatchResponse> {
  return async (event, context) => {
    for (const record of event.Records ?? []) {
      const sequence = record.dynamodb?.SequenceNumber ?? '';
      try {
        if (context.getRemainingTimeInMillis() < RESERVE_MS)
          throw new SlipstreamError('TIME_EXHAUSTED', 'No time is left for this change.');
        await forward(ports, record);
      } catch (error) {
        ports.logger.warn(
          { function: 'stream-processor', request_id: context.awsRequestId, sequence, error },
          'stream-processor will be tried again',
        );
        return { batchItemFailures: [{ itemIdentifier: sequence }] };
      }
    }
    return { batchItemFailures: [] };
  };
}

async function forward(ports: FunctionPorts, record: DynamoDBRecord): Promise<void> {
  const image = record.dynamodb?.NewImage;
  if (image?.type?.S !== 'RECEIPT') return;
  const receipt = receiptRecordSchema.safeParse(unmarshall(image as Parameters<typeof unmarshall>[0]));
  if (!receipt.success) {
    // Trying again would hold up the shard for a day: it is said, and the stream goes on.
    ports.logger.error({ function: 'stream-processor', error: receipt.error }, 'a RECEIPT record is not of its schema');
    return;
  }
  const { image_id, receipt_id, revision, status } = receipt.data;
  if (status === 'NEW') await ports.queues.validate.send({ image_id, receipt_id, revision });
}
