import { createHash } from 'node:crypto';
import { sha256Hex } from '@slipstream/runtime';
import { describe, expect, it } from 'vitest';
import { type Delta, type DeltaRow, decodeDelta, encodeDelta, indexRowId } from '../../src/index.ts';

const IMAGE = '7aee1585-a82d-57fe-b9e6-9ef48824255f';
const MERCHANT = '01990a6e-5c00-7000-8000-000000000001';
const identity = { provider: 'local', dimensions: 8 };

function unit(seed: string, dimensions = 8): Float32Array {
  const hash = createHash('sha256').update(seed).digest();
  const values = Array.from({ length: dimensions }, (_, index) => (hash[index % 32] ?? 0) - 127.5);
  const length = Math.hypot(...values);
  return Float32Array.from(values, (value) => value / length);
}

function row(receipt_id: string, place: number, changes: Partial<DeltaRow> = {}): DeltaRow {
  const key = { image_id: IMAGE, receipt_id };
  const text = `Zeile ${place} – ¥ 1.200 \u{1f9fe}`;
  const known = { merchant_id: MERCHANT, phone: null, address_key: '1 main st' };
  return { ...key, ...known, id: indexRowId(key, place), revision: 3, vector: unit(text), text, ...changes };
}

function delta(changes: Partial<Delta> = {}): Delta {
  const receipts = [
    { receipt_id: '00001', revision: 3 },
    { receipt_id: '00002', revision: 1 },
  ];
  const rows = [row('00001', 0), row('00001', 1, { merchant_id: null, text: '' }), row('00002', 0, { revision: 1 })];
  return { identity, image_id: IMAGE, receipts, rows, ...changes };
}

const read = (bytes: Uint8Array) => decodeDelta(bytes, sha256Hex(bytes));

const REFUSED = expect.objectContaining({ code: 'DOCUMENT_INVALID', retry: 'never' });

describe('a delta', () => {
  it('comes back as it was written', () => {
    expect(read(encodeDelta(delta()))).toEqual(delta());
  });

  it('may hold no row at all: the receipts that it names have none any more', () => {
    expect(read(encodeDelta(delta({ rows: [] })))).toEqual(delta({ rows: [] }));
  });

  it.each<[string, Partial<Delta>]>([
    ['a row of another image', { rows: [row('00001', 0, { image_id: MERCHANT })] }],
    ['an id that is not the row’s own', { rows: [row('00001', 0, { id: `${IMAGE}#00002#00000` })] }],
    ['a row of a receipt that it does not name', { rows: [row('00003', 0)] }],
    ["a revision that is not the receipt's", { rows: [row('00001', 0, { revision: 4 })] }],
    ['a row twice', { rows: [row('00001', 0), row('00001', 0)] }],
    ['a vector of other dimensions', { rows: [row('00001', 0, { vector: unit('x', 4) })] }],
    ['a vector that is not of length 1', { rows: [row('00001', 0, { vector: new Float32Array(8) })] }],
    ['a vector of no numbers', { rows: [row('00001', 0, { vector: new Float32Array(8).fill(Number.NaN) })] }],
    ['a merchant that is none', { rows: [row('00001', 0, { merchant_id: "x' OR 1=1" })] }],
    ['no receipt', { receipts: [], rows: [] }],
    [
      'a receipt twice',
      {
        receipts: [
          { receipt_id: '00001', revision: 3 },
          { receipt_id: '00001', revision: 4 },
        ],
      },
    ],
    ['an endless text', { rows: [row('00001', 0, { text: 'x'.repeat(10_001) })] }],
  ])('with %s is neither written nor read', (_, changes) => {
    expect(() => encodeDelta(delta(changes))).toThrow(REFUSED);
  });

  it('of other columns is refused', async () => {
    const { tableFromArrays, tableToIPC } = await import('apache-arrow');
    const bytes = tableToIPC(tableFromArrays({ id: ['x'] }), 'file');
    expect(() => read(bytes)).toThrow(REFUSED);
  });

  it('that is damaged anywhere is refused', () => {
    const whole = encodeDelta(delta());
    for (let at = 0; at < whole.length; at += 7) {
      const damaged = Uint8Array.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 0x55;
      expect(() => decodeDelta(damaged, sha256Hex(whole))).toThrow(REFUSED);
    }
  });

  it.each([0, 1, 8, 100])(
    'whose first %i bytes are all there is of it is refused, though their hash is right',
    (length) => {
      const cut = encodeDelta(delta()).subarray(0, length);
      expect(() => read(cut)).toThrow(REFUSED);
    },
  );
});
