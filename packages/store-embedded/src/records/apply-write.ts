import {
  type JsonValue,
  type RecordKey,
  SlipstreamError,
  type StoredRecord,
  type UpdateWrite,
} from '@slipstream/shared';
import { isStoredRecord } from './record-json.ts';

/** The record after an update; `before` is null where the update creates it. Its revision is one higher. */
export function applyUpdate(before: StoredRecord | null, write: UpdateWrite): StoredRecord {
  // A map: names such as toString are attributes like any other.
  const after = new Map<string, JsonValue | undefined>(Object.entries(before ?? newRecord(write.key)));
  for (const [name, value] of Object.entries(write.set ?? {})) {
    if (value !== undefined) after.set(name, value);
  }
  for (const name of write.remove ?? []) after.delete(name);
  for (const [name, amount] of Object.entries(write.add ?? {})) after.set(name, sum(name, after.get(name), amount));
  after.set('revision', (before?.revision ?? 0) + 1);
  const record: unknown = Object.fromEntries(after);
  if (!isStoredRecord(record))
    throw new SlipstreamError('REQUEST_INVALID', 'The update makes a record without a type.');
  return record;
}

function newRecord(key: RecordKey): Readonly<Record<string, JsonValue>> {
  return { pk: key.pk, sk: key.sk };
}

function sum(name: string, value: JsonValue | undefined, amount: number): number {
  const before = value ?? 0;
  if (value !== null && typeof before === 'number') return before + amount;
  throw new SlipstreamError('REQUEST_INVALID', `The update adds to ${name}, which is no number.`);
}
