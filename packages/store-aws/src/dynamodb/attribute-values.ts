import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type JsonValue, SlipstreamError, type StoredRecord } from '@slipstream/shared';

/**
 * Records as DynamoDB's items and back. The SDK's own marshalling loses attributes called `__proto__` and makes other
 * types of large numbers; a record is JSON, which is little to translate.
 */
export type Item = Record<string, AttributeValue>;

/** Undefined attributes are left out. */
export function toItem(record: Readonly<Record<string, JsonValue | undefined>>): Item {
  return Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) =>
      value === undefined ? [] : [[storedName(name), toAttributeValue(value)]],
    ),
  );
}

/** `DOCUMENT_INVALID` for an item that is none of our records. */
export function toRecord(item: Item): StoredRecord {
  const record: unknown = Object.fromEntries(
    Object.entries(item).map(([name, value]) => [givenName(name), toJson(value)]),
  );
  if (isStoredRecord(record)) return record;
  throw notOurs('lacks its key, type or revision');
}

export function toAttributeValue(value: JsonValue): AttributeValue {
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (isList(value)) return { L: value.map(toAttributeValue) };
  return { M: Object.fromEntries(Object.entries(value).map(([name, element]) => [name, toAttributeValue(element)])) };
}

function toJson(value: AttributeValue): JsonValue {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.NULL !== undefined) return null;
  if (value.L !== undefined) return value.L.map(toJson);
  if (value.M !== undefined) {
    return Object.fromEntries(Object.entries(value.M).map(([name, element]) => [name, toJson(element)]));
  }
  throw notOurs(`holds an attribute of the type ${Object.keys(value)[0]}`);
}

/** The SDK reads an attribute `__proto__` of an item as undefined; under a longer name it survives. */
const UNREADABLE = '__proto__';

export function storedName(name: string): string {
  return name.startsWith(UNREADABLE) ? `${name}_` : name;
}

function givenName(stored: string): string {
  return stored.startsWith(UNREADABLE) ? stored.slice(0, -1) : stored;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

export function isStoredRecord(value: unknown): value is StoredRecord {
  if (typeof value !== 'object' || value === null) return false;
  if (!('pk' in value && 'sk' in value && 'type' in value && 'revision' in value)) return false;
  const texts = [value.pk, value.sk, value.type];
  return texts.every((text) => typeof text === 'string') && typeof value.revision === 'number';
}

function notOurs(fault: string): SlipstreamError {
  return new SlipstreamError('DOCUMENT_INVALID', `An item of the table ${fault}; only Slipstream may write to it.`);
}
