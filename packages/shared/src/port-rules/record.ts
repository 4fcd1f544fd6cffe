import { SlipstreamError } from '../errors/slipstream-error.ts';
import { PARTITION_KEY_BYTES_MAX, RECORD_BYTES_MAX, SORT_KEY_BYTES_MAX } from '../ports/limits.ts';
import type { JsonValue, RecordKey, StoredRecord } from '../ports/record-store.ts';
import { recordBytes } from './record-bytes.ts';
import { utf8Bytes } from './text.ts';

/** DynamoDB: levels of nesting in an attribute. */
const NESTING_MAX = 32;
/** DynamoDB: a number's magnitude. JSON's go further. */
const NUMBER_MIN = 1e-130;
const NUMBER_MAX = 9.99e125;

/** Names that an object of JavaScript has before it is given any: the SDK's document client loses or misreads them. */
const TAKEN_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor']);

/** `REQUEST_INVALID` for an empty or ill-formed key, `LIMIT_EXCEEDED` for one that is too long. */
export function assertRecordKey(key: RecordKey): void {
  assertKeyText('pk', key.pk, PARTITION_KEY_BYTES_MAX);
  assertKeyText('sk', key.sk, SORT_KEY_BYTES_MAX);
}

/** What DynamoDB would refuse to store; returns the record's size in bytes. */
export function assertStorable(record: StoredRecord): number {
  assertRecordKey(record);
  if (record.gsi1pk !== undefined) assertKeyText('gsi1pk', record.gsi1pk, PARTITION_KEY_BYTES_MAX);
  if (record.gsi1sk !== undefined) assertKeyText('gsi1sk', record.gsi1sk, SORT_KEY_BYTES_MAX);
  if (typeof record.type !== 'string' || record.type === '') throw invalid('it has no type');
  if (!Number.isSafeInteger(record.revision) || record.revision < 1)
    throw invalid('its revision is no positive integer');
  for (const [name, value] of Object.entries(record)) {
    assertAttributeName(name);
    if (value !== undefined) assertValue(name, value, 1);
  }
  const bytes = recordBytes(record);
  if (bytes > RECORD_BYTES_MAX) {
    throw new SlipstreamError(
      'LIMIT_EXCEEDED',
      `A record has at most ${RECORD_BYTES_MAX} bytes; keep long lists in an object.`,
      {
        details: { bytes, bytes_max: RECORD_BYTES_MAX, type: record.type },
      },
    );
  }
  return bytes;
}

function assertKeyText(name: string, value: unknown, bytesMax: number): void {
  if (typeof value !== 'string' || value === '') throw invalid(`${name} is empty or no text`);
  assertWellFormed(name, value);
  if (utf8Bytes(value) > bytesMax) {
    throw new SlipstreamError('LIMIT_EXCEEDED', `${name} has at most ${bytesMax} bytes of UTF-8.`, {
      details: { bytes: utf8Bytes(value), bytes_max: bytesMax },
    });
  }
}

/** `REQUEST_INVALID` for a name that no attribute can have, whether of a record or within one. */
export function assertAttributeName(name: string): void {
  if (name === '') throw invalid('one of its attributes has no name');
  if (TAKEN_NAMES.has(name)) throw invalid(`an attribute cannot be called ${name}`);
}

function assertValue(name: string, value: JsonValue, level: number): void {
  if (level > NESTING_MAX) throw invalid(`${name} is nested deeper than ${NESTING_MAX} levels`);
  if (typeof value === 'number') assertNumber(name, value);
  else if (typeof value === 'string') assertWellFormed(name, value);
  else if (typeof value === 'object') {
    for (const [key, element] of Object.entries(value ?? {})) {
      assertAttributeName(key);
      assertValue(name, element, level + 1);
    }
  } else if (typeof value !== 'boolean') throw invalid(`${name} is no JSON value`);
}

function assertNumber(name: string, value: number): void {
  const magnitude = Math.abs(value);
  if (value === 0 || (magnitude >= NUMBER_MIN && magnitude <= NUMBER_MAX)) return;
  throw invalid(`${name} is no number that can be stored`);
}

function assertWellFormed(name: string, value: string): void {
  if (!value.isWellFormed()) throw invalid(`${name} is no well-formed Unicode`);
}

function invalid(fault: string): SlipstreamError {
  return new SlipstreamError('REQUEST_INVALID', `The record cannot be stored: ${fault}.`);
}
