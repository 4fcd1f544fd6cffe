import type { JsonValue } from '../ports/record-store.ts';
import { utf8Bytes } from './text.ts';

/**
 * The size of an item as DynamoDB counts it, in bytes: names and texts in UTF-8, a number about one byte for two
 * significant digits and one more, 1 for null and booleans, 3 for a list or a map and 1 for each of its elements.
 * Source: "DynamoDB item sizes and formats" in the developer guide.
 */
export function recordBytes(record: Readonly<Record<string, JsonValue | undefined>>): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(record)) {
    if (value !== undefined) bytes += utf8Bytes(name) + valueBytes(value);
  }
  return bytes;
}

function valueBytes(value: JsonValue): number {
  if (value === null || typeof value === 'boolean') return 1;
  if (typeof value === 'string') return utf8Bytes(value);
  if (typeof value === 'number') return numberBytes(value);
  const elements = Object.entries(value);
  const named = !Array.isArray(value);
  return elements.reduce((sum, [name, element]) => sum + 1 + (named ? utf8Bytes(name) : 0) + valueBytes(element), 3);
}

function numberBytes(value: number): number {
  const [mantissa = ''] = value.toString().split('e');
  const digits = mantissa.replace(/\D/g, '').replace(/^0+|0+$/g, '').length;
  return Math.ceil(digits / 2) + (value < 0 ? 2 : 1);
}
