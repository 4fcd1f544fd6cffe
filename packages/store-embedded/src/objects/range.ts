import { SlipstreamError } from '@slipstream/shared';

/**
 * The bytes that HTTP's range means in an object of this size, both ends included; past its end it is cut off.
 * `REQUEST_INVALID` where S3 says 416, which includes every range of an empty object.
 */
export function clipRange(
  range: readonly [number, number],
  size: number,
): { readonly start: number; readonly end: number } {
  const [start, end] = range;
  const isRange = Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0 && start <= end;
  if (!isRange || start >= size) {
    throw new SlipstreamError('REQUEST_INVALID', `The object has no bytes ${start} to ${end}.`, { details: { size } });
  }
  return { start, end: Math.min(end, size - 1) };
}
