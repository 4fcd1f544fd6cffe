import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DEFAULT_OWNER, recordKeys } from '../src/index.ts';

const uuid = fc.uuid();
const day = fc.constantFrom(undefined, '2026-03-14', '1999-12-31');
const receiptId = fc.constantFrom('00001', '00020');
const revision = fc.integer({ min: 1, max: 9_999_999_999 });
/** Names that come from outside, with what keys are joined by. */
const name = fc.oneof(
  fc.constantFrom(DEFAULT_OWNER, 'local', 'CONFIG', 'SECRET#a', 'IMAGE', 'RECEIPT#00001', 'a#b', '#'),
  fc.string({ minLength: 1, maxLength: 20 }),
);
const kind = fc.constantFrom('phone', 'tax_id', 'website', 'address');

/** How each builder is called; a builder that is missing here fails to compile. */
const CALLS: { readonly [B in keyof typeof recordKeys]: fc.Arbitrary<Parameters<(typeof recordKeys)[B]>> } = {
  image: fc.tuple(uuid),
  upload: fc.tuple(uuid, name),
  uploadClaim: fc.tuple(uuid, uuid),
  ocrJob: fc.tuple(uuid, uuid),
  routing: fc.tuple(uuid, uuid),
  receipt: fc.tuple(uuid, receiptId),
  callerReceipt: fc.tuple(name, day, uuid, receiptId),
  deletion: fc.tuple(uuid, fc.integer({ min: 1, max: 99_999 })),
  degradedReading: fc.tuple(uuid),
  callerImage: fc.tuple(name, fc.constantFrom('RECEIPTS', 'FAILED'), fc.constant('2026-03-14T09:26:53.589Z'), uuid),
  modelReview: fc.tuple(uuid, receiptId, revision),
  change: fc.tuple(uuid, receiptId, revision),
  compactionRun: fc.tuple(uuid, uuid, fc.constantFrom('lines', 'words')),
  merchant: fc.tuple(uuid),
  merchantReceipt: fc.tuple(uuid, day, uuid, receiptId),
  merchantKey: fc.tuple(kind, name),
  placeLookup: fc.tuple(kind, uuid),
  snapshot: fc.tuple(fc.constantFrom('lines', 'words')),
  writer: fc.tuple(fc.constantFrom('lines', 'words')),
  sweep: fc.tuple(fc.constantFrom('receipt-documents', 'image-outcomes')),
  config: fc.tuple(),
  secret: fc.tuple(name),
  agent: fc.tuple(name),
  category: fc.tuple(name, name),
  rule: fc.tuple(name, uuid),
  budget: fc.tuple(fc.constant('2026-03-14'), name),
};

/** A key, and what it was made of. */
const key = fc.oneof(
  ...(Object.keys(CALLS) as (keyof typeof recordKeys)[]).map((builder) =>
    (CALLS[builder] as fc.Arbitrary<readonly unknown[]>).map((given) => {
      const build = recordKeys[builder] as (...args: readonly unknown[]) => { pk: string; sk: string };
      return { ...build(...given), made: JSON.stringify([builder, given]) };
    }),
  ),
);

it('no two builders, and no two sets of values, make the same key', () => {
  const known = new Map<string, string>();
  fc.assert(
    fc.property(key, ({ pk, sk, made }) => {
      const at = JSON.stringify([pk, sk]);
      const other = known.get(at) ?? made;
      known.set(at, made);
      expect(other).toBe(made);
    }),
    { numRuns: 5_000 },
  );
});
