import { promisify } from 'node:util';
import { gunzip, gunzipSync, gzip, gzipSync } from 'node:zlib';
import type { ObjectStore, StoredObject } from '@slipstream/shared';
import { SlipstreamError } from '@slipstream/shared';
import type { z } from 'zod';

const gzipAsync = promisify(gzip);
const gunzipAsync = promisify(gunzip);

/** A stored document's bounds: 5,000 lines of OCR are some 3 MB of JSON. Both guard against a zip bomb. */
export const DOCUMENT_BYTES_MAX = 16_777_216;
export const DOCUMENT_JSON_BYTES_MAX = 67_108_864;

/**
 * Up to here the event loop compresses by itself, in about 0.2 ms: handing so little to another thread costs more than
 * the work. A receipt's documents have 2 to 40 KB.
 */
const IN_PLACE_BYTES_MAX = 65_536;

/** An object's bytes; `LIMIT_EXCEEDED` as soon as they are more than `bytesMax`. */
export async function readAll(object: StoredObject, bytesMax: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of object.body) {
    size += chunk.byteLength;
    if (size > bytesMax) {
      throw new SlipstreamError('LIMIT_EXCEEDED', `The object ${object.key} is larger than ${bytesMax} bytes.`, {
        details: { key: object.key, bytes_max: bytesMax },
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** Writes a document as gzipped JSON. The same content under the same key may be written again. */
export async function putDocument<T extends z.ZodType>(
  store: Pick<ObjectStore, 'put'>,
  key: string,
  schema: T,
  document: z.infer<T>,
): Promise<void> {
  const json = Buffer.from(JSON.stringify(schema.parse(document)));
  // Level 1: half the time of the default for a tenth more bytes, on documents of 5 to 50 KB.
  const body = json.length <= IN_PLACE_BYTES_MAX ? gzipSync(json, { level: 1 }) : await gzipAsync(json, { level: 1 });
  await store.put(key, body, { contentType: 'application/gzip' });
}

/** Reads a document back, checked. `OBJECT_NOT_FOUND`, or `DOCUMENT_INVALID` when it is not what the schema says. */
export async function getDocument<T extends z.ZodType>(
  store: Pick<ObjectStore, 'get'>,
  key: string,
  schema: T,
): Promise<z.infer<T>> {
  const body = await readAll(await store.get(key), DOCUMENT_BYTES_MAX);
  let json: unknown;
  try {
    const limit = { maxOutputLength: DOCUMENT_JSON_BYTES_MAX };
    // An eighth, since JSON shrinks to that; a hostile one of this size still unpacks to 8 MB at most.
    const text = body.length <= IN_PLACE_BYTES_MAX / 8 ? gunzipSync(body, limit) : await gunzipAsync(body, limit);
    json = JSON.parse(text.toString('utf8'));
  } catch {
    // The parser's message quotes the content, which must reach no log.
    throw new SlipstreamError('DOCUMENT_INVALID', `The document ${key} is not gzipped JSON; reprocess its image.`, {
      details: { key },
    });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new SlipstreamError(
    'DOCUMENT_INVALID',
    `The document ${key} is not of its schema at ${field}; reprocess its image.`,
    {
      details: { key, field },
    },
  );
}
