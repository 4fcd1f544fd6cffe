import { SlipstreamError } from '@slipstream/shared';

/** A collection without a snapshot. It is never made in passing: an index that is lost must not look like an empty one. */
export function indexMissing(collection: string): SlipstreamError {
  return new SlipstreamError(
    'INDEX_MISSING',
    `The index ${collection} has not been made: slipstream index init, and slipstream index rebuild where there are receipts already.`,
    { details: { collection } },
  );
}
