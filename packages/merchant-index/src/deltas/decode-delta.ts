import { sha256Hex } from '@slipstream/runtime';
import { isSlipstreamError } from '@slipstream/shared';
import type { Schema, Table } from 'apache-arrow';
import {
  assertDelta,
  DELTA_BYTES_MAX,
  DELTA_ROWS_MAX,
  type Delta,
  type DeltaRow,
  deltaHeaderSchema,
  invalid,
} from './delta.ts';
import { HEADER_KEY, loadArrow } from './delta-schema.ts';

/**
 * Reads an Arrow IPC file back, trusting nothing of it: `DOCUMENT_INVALID` unless it is the file whose hash the run's
 * record names (lower-case hex), and every row is what it has to be. The hash comes first: a damaged file can keep Arrow
 * busy for minutes.
 */
export function decodeDelta(bytes: Uint8Array, sha256: string): Delta {
  if (bytes.byteLength > DELTA_BYTES_MAX) throw invalid(`it has more than ${DELTA_BYTES_MAX} bytes`);
  if (sha256Hex(bytes) !== sha256) throw invalid('it is not the file that its run wrote');
  const arrow = loadArrow();
  let delta: Delta;
  try {
    const table = arrow.lib.tableFromIPC(bytes);
    const header = deltaHeaderSchema.parse(JSON.parse(table.schema.metadata.get(HEADER_KEY) ?? 'null'));
    const wanted = arrow.deltaSchema(header.identity.dimensions);
    if (columnsOf(wanted) !== columnsOf(table.schema)) throw invalid('its columns are others');
    if (table.numRows > DELTA_ROWS_MAX) throw invalid(`it has more than ${DELTA_ROWS_MAX} rows`);
    const { identity, image_id, receipts } = header;
    delta = { identity, image_id, receipts, rows: rowsOf(table, header) };
  } catch (error) {
    if (isSlipstreamError(error)) throw error;
    // A damaged file makes Arrow throw anything; its message may quote the content.
    throw invalid('it is no Arrow file of ours');
  }
  assertDelta(delta);
  return delta;
}

function columnsOf({ fields }: Schema): string {
  return fields.map(({ name, type, nullable }) => `${name}: ${type}${nullable ? '?' : ''}`).join(', ');
}

function rowsOf(table: Table, { image_id, identity, receipts }: Omit<Delta, 'rows'>): DeltaRow[] {
  const revisions = new Map(receipts.map(({ receipt_id, revision }) => [receipt_id, revision]));
  const column = (name: string) => {
    const vector = table.getChild(name);
    if (vector === null) throw invalid(`it has no ${name}`);
    return vector;
  };
  const text = (name: string) => {
    const vector = column(name);
    return (index: number): string => String(vector.get(index) ?? '');
  };
  const nullable = (name: string) => {
    const vector = column(name);
    return (index: number): string | null => {
      const value: unknown = vector.get(index);
      return value === null ? null : String(value);
    };
  };
  const [id, receiptId, printed] = [text('id'), text('receipt_id'), text('text')];
  const [merchantId, phone, addressKey] = [nullable('merchant_id'), nullable('phone'), nullable('address_key')];
  const vectors = column('vector');
  return Array.from({ length: table.numRows }, (_, index) => {
    const receipt_id = receiptId(index);
    return {
      id: id(index),
      image_id,
      receipt_id,
      // 0 is no revision: the check refuses a row of a receipt that the header does not name.
      revision: revisions.get(receipt_id) ?? 0,
      merchant_id: merchantId(index),
      phone: phone(index),
      address_key: addressKey(index),
      vector: Float32Array.from(vectors.get(index)?.toArray() ?? new Float32Array(identity.dimensions)),
      text: printed(index),
    };
  });
}
