import type { RecordBatch, Schema, Table, Vector } from 'apache-arrow';
import type { IndexRow } from '../index-row.ts';
import type { EmbeddingIdentity } from '../vector-index.ts';
import { lanceModule } from './lance-module.ts';
import { placeNumber, receiptNumber } from './row-key.ts';

/** An IndexRow's columns as they are stored. */
export const ROW_COLUMNS = [
  'id',
  'image_id',
  'receipt_id',
  'revision',
  'deleted',
  'merged_at',
  'text',
  'merchant_id',
  'phone',
  'address_key',
  'vector',
];

/**
 * Columns of a table: an IndexRow's, and three of its own.
 * `key`, `place`: see `row-key.ts`; `key` is the only indexed scalar. `write`: random, the same for all rows of one merge; it names a copy of a
 * row exactly where two writers stored the same revision, and stays true when rows move between fragments.
 * A tombstone's vector is null: neither a scan nor a vector index ever returns it.
 */
export function tableSchema(identity: EmbeddingIdentity): Schema {
  const { Bool, Field, FixedSizeList, Float32, Int32, Int64, Schema, Utf8 } = lanceModule().arrow;
  const vector = new FixedSizeList(identity.dimensions, new Field('item', new Float32(), true));
  const fields = [
    new Field('key', new Int32(), false),
    new Field('place', new Int32(), false),
    new Field('write', new Int64(), false),
    new Field('id', new Utf8(), false),
    new Field('image_id', new Utf8(), false),
    new Field('receipt_id', new Utf8(), false),
    new Field('revision', new Int64(), false),
    new Field('deleted', new Bool(), false),
    new Field('merged_at', new Int64(), false),
    new Field('text', new Utf8(), false),
    new Field('merchant_id', new Utf8(), true),
    new Field('phone', new Utf8(), true),
    new Field('address_key', new Utf8(), true),
    new Field('vector', vector, true),
  ];
  const metadata = new Map([
    ['slipstream.embedding.provider', identity.provider],
    ['slipstream.embedding.dimensions', String(identity.dimensions)],
  ]);
  return new Schema(fields, metadata);
}

/** What the table says of itself; null where it was not made by us. */
export function identityOf(schema: Schema): EmbeddingIdentity | null {
  const provider = schema.metadata.get('slipstream.embedding.provider');
  const dimensions = Number(schema.metadata.get('slipstream.embedding.dimensions'));
  return provider === undefined || !Number.isInteger(dimensions) ? null : { provider, dimensions };
}

/** Rows as one batch of the table's schema. `write` as in `tableSchema`. */
export function rowsToTable(rows: readonly IndexRow[], identity: EmbeddingIdentity, write: number): Table {
  const { makeData, RecordBatch, Struct, Table } = lanceModule().arrow;
  const schema = tableSchema(identity);
  const children = schema.fields.map((field) =>
    field.name === 'vector' ? vectorData(rows, identity.dimensions) : columnData(rows, field.name, write),
  );
  const struct = makeData({ type: new Struct(schema.fields), length: rows.length, nullCount: 0, children });
  return new Table(schema, [new RecordBatch(schema, struct)]);
}

function columnData(rows: readonly IndexRow[], name: string, write: number) {
  const { Bool, Int32, Int64, makeData, makeVector, Utf8, vectorFromArray } = lanceModule().arrow;
  const whole = (value: (row: IndexRow) => number) =>
    makeVector(makeData({ type: new Int64(), data: BigInt64Array.from(rows, (row) => BigInt(value(row))) }));
  const number = (value: (row: IndexRow) => number) =>
    makeVector(makeData({ type: new Int32(), data: Int32Array.from(rows, value) }));
  const text = (value: (row: IndexRow) => string | null) => vectorFromArray(rows.map(value), new Utf8());
  const column = (): Vector => {
    switch (name) {
      case 'key':
        return number((row) => receiptNumber(row));
      case 'place':
        return number((row) => placeNumber(row.id));
      case 'write':
        return whole(() => write);
      case 'revision':
        return whole((row) => row.revision);
      case 'merged_at':
        return whole((row) => row.merged_at);
      case 'deleted':
        return vectorFromArray(
          rows.map((row) => row.deleted),
          new Bool(),
        );
      case 'id':
        return text((row) => row.id);
      case 'image_id':
        return text((row) => row.image_id);
      case 'receipt_id':
        return text((row) => row.receipt_id);
      case 'text':
        return text((row) => row.text);
      case 'merchant_id':
        return text((row) => row.merchant_id);
      case 'phone':
        return text((row) => row.phone);
      case 'address_key':
        return text((row) => row.address_key);
      default:
        throw new Error(`The index has no column ${name}.`);
    }
  };
  const [data] = column().data;
  if (data === undefined) throw new Error(`Column ${name} of ${rows.length} rows has no data.`);
  return data;
}

function vectorData(rows: readonly IndexRow[], dimensions: number) {
  const { Field, FixedSizeList, Float32, makeData } = lanceModule().arrow;
  const values = new Float32Array(rows.length * dimensions);
  const valid = new Uint8Array(Math.ceil(rows.length / 8));
  let nullCount = 0;
  rows.forEach((row, at) => {
    if (row.deleted) {
      nullCount++;
      return;
    }
    values.set(row.vector, at * dimensions);
    valid[at >> 3] = (valid[at >> 3] ?? 0) | (1 << (at & 7));
  });
  const child = makeData({ type: new Float32(), length: values.length, nullCount: 0, data: values });
  const type = new FixedSizeList(dimensions, new Field('item', new Float32(), true));
  return makeData({ type, length: rows.length, nullCount, nullBitmap: valid, child });
}

/** A batch that was asked for `ROW_COLUMNS`. */
export function batchToRows(batch: RecordBatch, dimensions: number): IndexRow[] {
  const column = (name: string): Vector => {
    const found = batch.getChild(name);
    if (found === null) throw new Error(`The index's answer lacks its column ${name}.`);
    return found;
  };
  const [id, image_id, receipt_id, revision, deleted, merged_at] = [
    column('id'),
    column('image_id'),
    column('receipt_id'),
    column('revision'),
    column('deleted'),
    column('merged_at'),
  ];
  const [text, merchant_id, phone, address_key, vector] = [
    column('text'),
    column('merchant_id'),
    column('phone'),
    column('address_key'),
    column('vector'),
  ];
  return Array.from({ length: batch.numRows }, (_, at) => ({
    id: id.get(at),
    image_id: image_id.get(at),
    receipt_id: receipt_id.get(at),
    revision: Number(revision.get(at)),
    deleted: deleted.get(at),
    merged_at: Number(merged_at.get(at)),
    text: text.get(at),
    merchant_id: merchant_id.get(at),
    phone: phone.get(at),
    address_key: address_key.get(at),
    vector: toFloats(vector.get(at), dimensions),
  }));
}

function toFloats(vector: Vector | null, dimensions: number): Float32Array {
  return vector === null ? new Float32Array(dimensions) : Float32Array.from(vector.toArray());
}
