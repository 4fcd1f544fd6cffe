import type { ErrorCode } from './error-codes.ts';
import { SlipstreamError } from './slipstream-error.ts';

const OBJECT_FAULTS: ReadonlySet<ErrorCode> = new Set([
  'OBJECT_NOT_FOUND',
  'OBJECT_LOST',
  'DOCUMENT_INVALID',
  'LIMIT_EXCEEDED',
]);

/** Whether one object is at fault: missing, unreadable, torn, or not what it should be. The others are well. */
export function isObjectFault(thrown: unknown): thrown is SlipstreamError {
  return thrown instanceof SlipstreamError && OBJECT_FAULTS.has(thrown.code);
}
