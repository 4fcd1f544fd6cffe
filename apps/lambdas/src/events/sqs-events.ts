import type { Invocation, MessageHandler, ReceivedMessage } from '@slipstream/pipeline';
import { CORRELATION_ID } from '@slipstream/store-aws';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';

/** A use case that reads a queue, as SQS's event source mapping invokes it (`ReportBatchItemFailures`). */
export function onMessages(
  handle: MessageHandler,
): (event: SQSEvent, invocation: Invocation) => Promise<SQSBatchResponse> {
  return async ({ Records = [] }, invocation) => {
    const { retry } = await handle(Records.map(receivedMessage), invocation);
    return { batchItemFailures: retry.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

export function receivedMessage({ messageId, body, attributes, messageAttributes }: SQSRecord): ReceivedMessage {
  return {
    id: messageId,
    body,
    receiveCount: Number(attributes.ApproximateReceiveCount),
    sentAt: Number(attributes.SentTimestamp),
    correlationId: messageAttributes[CORRELATION_ID]?.stringValue ?? null,
  };
}
