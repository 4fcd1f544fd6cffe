import { type marshallOptions, unmarshall, type unmarshallOptions } from '@aws-sdk/util-dynamodb';
import { type JsonValue, SlipstreamError, type StoredRecord } from '@slipstream/shared';

/**
 * How the document client translates records, so that no value is lost. Numbers: JSON's are doubles, of any size; by
 * themselves the client refuses to write those beyond 2^53 and reads them as another type. Names: the port's rules refuse
 * `__proto__` and `constructor`, by which the client is misled.
 */
export const MARSHALL_OPTIONS = {
  removeUndefinedValues: true,
  allowImpreciseNumbers: true,
} as const satisfies marshallOptions;

export const UNMARSHALL_OPTIONS = { wrapNumbers: Number } as const satisfies unmarshallOptions;

/** What the document client made of an item. `DOCUMENT_INVALID` for one that is none of our records. */
export function toRecord(item: unknown): StoredRecord {
  if (!isStoredRecord(item)) throw notOurs('lacks its key, type or revision');
  for (const [name, value] of Object.entries(item)) assertJson(name, value);
  return item;
}

/** A record as the table's stream holds it; null for an item that is none of our records. */
export function recordOfAttributes(attributes: Parameters<typeof unmarshall>[0]): StoredRecord | null {
  const item: unknown = unmarshall(attributes, UNMARSHALL_OPTIONS);
  return isStoredRecord(item) ? item : null;
}

/** The document client makes sets and bytes of what no record holds. */
function assertJson(name: string, value: unknown): asserts value is JsonValue {
  if (typeof value !== 'object' || value === null) return;
  const isPlain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  if (!isPlain) throw notOurs(`holds an attribute ${name} of the type ${value.constructor.name}`);
  for (const [key, element] of Object.entries(value)) assertJson(key, element);
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
