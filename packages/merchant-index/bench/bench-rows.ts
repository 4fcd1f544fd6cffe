import { seededRandom } from '@slipstream/testing';
import { type IndexRow, indexRowId } from '../src/index.ts';

export const BENCH_IDENTITY = { provider: 'local', dimensions: 256 } as const;
export const ROWS_A_RECEIPT = 50;
const HEADER_ROWS = 8;
const COMMON_ROWS = 3_000;
const RECEIPTS_A_MERCHANT = 5;
/** Of a printing's noise against its template: two printings of one row have a cosine of about 0.86. */
const NOISE = 0.4;

/** Rows of receipts as a real index has them: a merchant's header comes again on its receipts, items on everybody's. */
export function* benchReceipts(rows: number): Generator<IndexRow[]> {
  for (let receipt = 0; receipt * ROWS_A_RECEIPT < rows; receipt++) {
    const length = Math.min(ROWS_A_RECEIPT, rows - receipt * ROWS_A_RECEIPT);
    yield benchReceipt(receipt, { length });
  }
}

export function benchReceipt(receipt: number, { length = ROWS_A_RECEIPT, revision = 1 } = {}): IndexRow[] {
  const random = seededRandom(7_919 + receipt);
  const image_id = uuidOf(random);
  const merchant = Math.floor(receipt / RECEIPTS_A_MERCHANT);
  return Array.from({ length }, (_, place) => ({
    id: indexRowId({ image_id, receipt_id: '00001' }, place),
    image_id,
    receipt_id: '00001',
    revision,
    deleted: false,
    merged_at: 1_700_000_000_000,
    text:
      place < HEADER_ROWS
        ? `MERCHANT ${merchant} LINE ${place} SDN BHD`
        : `ITEM ${Math.floor(random() * COMMON_ROWS)} 12.50`,
    merchant_id: uuidOf(seededRandom(merchant)),
    phone: `+6031${String(merchant).padStart(7, '0')}`,
    address_key: `LOT ${merchant} JALAN SS2`,
    vector: printed(
      place < HEADER_ROWS ? headerTemplate(merchant, place) : templateOf(Math.floor(random() * COMMON_ROWS)),
      random,
    ),
  }));
}

/** What a new receipt of a merchant asks: another printing of one of its header rows, in a table of so many rows. */
export function queryVectors(count: number, rows: number): Float32Array[] {
  const merchants = rows / ROWS_A_RECEIPT / RECEIPTS_A_MERCHANT;
  const random = seededRandom(4_242);
  return Array.from({ length: count }, () => {
    const merchant = Math.floor(random() * merchants);
    return printed(headerTemplate(merchant, Math.floor(random() * HEADER_ROWS)), random);
  });
}

function headerTemplate(merchant: number, place: number): Float32Array {
  return templateOf(1_000_000 + merchant * HEADER_ROWS + place);
}

/** A row as another printing of it would embed. */
function printed(template: Float32Array, random: () => number): Float32Array {
  const vector = new Float32Array(template.length);
  const noise = NOISE / Math.sqrt(template.length);
  for (let at = 0; at < vector.length; at++) vector[at] = (template[at] ?? 0) + noise * even(random);
  return normalised(vector);
}

const templates = new Map<number, Float32Array>();

function templateOf(seed: number): Float32Array {
  const known = templates.get(seed);
  if (known !== undefined) return known;
  const random = seededRandom(seed);
  const template = normalised(Float32Array.from({ length: BENCH_IDENTITY.dimensions }, () => even(random)));
  if (seed < COMMON_ROWS) templates.set(seed, template);
  return template;
}

/** Of variance 1. */
function even(random: () => number): number {
  return (random() - 0.5) * Math.sqrt(12);
}

/** In place. */
function normalised(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  const length = Math.sqrt(sum);
  for (let at = 0; at < vector.length; at++) vector[at] = (vector[at] ?? 0) / length;
  return vector;
}

function uuidOf(random: () => number): string {
  const hex = Array.from({ length: 4 }, () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
