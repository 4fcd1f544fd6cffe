import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { type Condition, RECORD_BYTES_MAX, type RecordWrite, SlipstreamError } from '@slipstream/shared';

/** What DynamoDB says of a write, in the port's words; everything else as it came. */
export function writeError(thrown: unknown, write: RecordWrite): unknown {
  if (thrown instanceof ConditionalCheckFailedException) return conditionFailed(write, null, thrown);
  if (thrown instanceof DynamoDBServiceException && thrown.name === 'ValidationException') {
    return validationError(thrown.message, thrown);
  }
  return thrown;
}

export function transactionError(thrown: unknown, writes: readonly RecordWrite[]): unknown {
  if (!(thrown instanceof TransactionCanceledException)) {
    if (thrown instanceof DynamoDBServiceException && thrown.name === 'ValidationException') {
      return validationError(thrown.message, thrown);
    }
    return thrown;
  }
  const reasons = thrown.CancellationReasons ?? [];
  const index = reasons.findIndex(({ Code }) => Code === 'ConditionalCheckFailed');
  const write = writes[index];
  if (write !== undefined) return conditionFailed(write, index, thrown);
  const refused = reasons.find(({ Code }) => Code === 'ValidationError' || Code === 'ItemCollectionSizeLimitExceeded');
  return refused === undefined ? thrown : validationError(refused.Message ?? '', thrown);
}

/** The key is not repeated: keys can hold what stands on a receipt. */
export function conditionFailed(write: RecordWrite, index: number | null, cause?: Error): SlipstreamError {
  const condition: Condition = write.condition ?? { ifExists: true };
  const name = Object.keys(condition)[0] ?? 'condition';
  return new SlipstreamError('CONDITION_FAILED', `The record is not in the expected state (${name}); read it again.`, {
    cause,
    details: { condition: name, ...(index === null ? {} : { index }) },
  });
}

function validationError(message: string, cause: Error): SlipstreamError {
  if (/maximum allowed size|[Ss]ize limit|cannot exceed 4 ?MB/.test(message)) {
    const details = { bytes_max: RECORD_BYTES_MAX };
    return new SlipstreamError(
      'LIMIT_EXCEEDED',
      'The record or transaction grows too large; keep long lists in an object.',
      {
        cause,
        details,
      },
    );
  }
  return new SlipstreamError('REQUEST_INVALID', `DynamoDB refuses the write: ${message}`, { cause });
}
