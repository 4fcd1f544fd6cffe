import { isDeepStrictEqual } from 'node:util';
import type { CheckWrite, RecordWrite, StoredRecord } from '@slipstream/shared';

type SingleWrite = Exclude<RecordWrite, CheckWrite>;

/**
 * Whether what stands in the table now is what this write would have made of it. An attempt whose answer was lost may
 * have had its effect, and its repetition then fails on its own condition: that is a success.
 */
export function isOwnEffect(write: SingleWrite, found: StoredRecord | null): boolean {
  if (write.kind === 'delete') return found === null;
  if (found === null) return false;
  if (write.kind === 'put') return isDeepStrictEqual(found, definedOf(write.record));
  const { condition, set = {}, remove = [] } = write;
  if (condition !== undefined && 'ifRevision' in condition && found.revision !== condition.ifRevision + 1) return false;
  if (condition !== undefined && 'ifAbsent' in condition && found.revision !== 1) return false;
  const isSet = Object.entries(set).every(
    ([name, value]) => value === undefined || (Object.hasOwn(found, name) && isDeepStrictEqual(found[name], value)),
  );
  return isSet && remove.every((name) => !Object.hasOwn(found, name));
}

/** A sum would be added twice, unless the revision or absence that it is conditioned on can hold only once. */
export function isRepeatable(write: SingleWrite): boolean {
  if (write.kind !== 'update' || Object.keys(write.add ?? {}).length === 0) return true;
  const { condition } = write;
  return condition !== undefined && ('ifRevision' in condition || 'ifAbsent' in condition);
}

/** The record as the store gives it back: without undefined attributes. */
export function definedOf(record: StoredRecord): StoredRecord {
  const { pk, sk, type, revision } = record;
  const defined = Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
  return { ...defined, pk, sk, type, revision };
}
