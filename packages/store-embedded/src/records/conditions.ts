import { type Condition, SlipstreamError, type StateValue, type StoredRecord } from '@slipstream/shared';

/** Whether a write may happen to the record as it is; null where there is none. */
export function holds(condition: Condition, record: StoredRecord | null): boolean {
  if ('ifAbsent' in condition) return record === null;
  if (record === null) return false;
  if ('ifExists' in condition) return true;
  if ('ifRevision' in condition) return record.revision === condition.ifRevision;
  return Object.entries(condition.ifState).every(([name, wanted]) => {
    const actual = Object.hasOwn(record, name) ? (record[name] ?? null) : null;
    return isChoice(wanted) ? wanted.some((value) => value === actual) : wanted === actual;
  });
}

/** `index`: of the write in its transaction. The key is not repeated: keys can hold what stands on a receipt. */
export function conditionFailed(condition: Condition, index: number | null): SlipstreamError {
  const name = Object.keys(condition)[0] ?? 'condition';
  return new SlipstreamError('CONDITION_FAILED', `The record is not in the expected state (${name}); read it again.`, {
    details: { condition: name, ...(index === null ? {} : { index }) },
  });
}

function isChoice(value: StateValue | readonly StateValue[]): value is readonly StateValue[] {
  return Array.isArray(value);
}
