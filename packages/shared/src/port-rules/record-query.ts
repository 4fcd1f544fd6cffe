import { SlipstreamError } from '../errors/slipstream-error.ts';
import { QUERY_ROWS_MAX } from '../ports/limits.ts';
import type { RecordQuery } from '../ports/record-store.ts';
import { assertLimit } from './limit.ts';
import { compareUtf8 } from './text.ts';

/** `REQUEST_INVALID` for a query that DynamoDB would refuse, or for a limit out of its range. */
export function assertRecordQuery(query: RecordQuery): void {
  assertLimit('limit', query.limit, 1, QUERY_ROWS_MAX);
  if (query.partition === '') throw invalid('its partition is empty');
  if (query.between === undefined) return;
  if (query.prefix !== undefined) throw invalid('it has both a prefix and a range');
  const [from, to] = query.between;
  if (from === '' || to === '') throw invalid('an end of its range is empty');
  if (compareUtf8(from, to) > 0) throw invalid('its range ends before it starts');
}

/** What cursors of this query are bound to: everything but the page's size. */
export function listingOfQuery(query: RecordQuery): readonly unknown[] {
  const { index, partition, prefix, between, descending } = query;
  return [index ?? 'table', partition, prefix ?? null, between ?? null, descending ?? false];
}

function invalid(fault: string): SlipstreamError {
  return new SlipstreamError('REQUEST_INVALID', `The query is not valid: ${fault}.`);
}
