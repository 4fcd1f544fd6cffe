import { describe, expect, it } from 'vitest';
import { recordBytes } from '../../src/port-rules/record-bytes.ts';
import { PARTITION_KEY_BYTES_MAX, RECORD_BYTES_MAX, SORT_KEY_BYTES_MAX } from '../../src/ports/limits.ts';
import type { JsonValue, StoredRecord } from '../../src/ports/record-store.ts';
import { expectError } from '../expect-error.ts';
import type { RecordStoreHarness } from '../record-store-contract.ts';
import { KEY, tableForEachTest } from './table.ts';

export function describeRecordLimits(makeHarness: () => Promise<RecordStoreHarness>): void {
  describe('limits', () => {
    const table = tableForEachTest(makeHarness);
    const put = (attributes: Partial<StoredRecord>) =>
      table.records.write({ kind: 'put', record: { ...KEY, type: 'JOB', revision: 1, ...attributes } });

    it('refuses empty keys', async () => {
      for (const name of ['pk', 'sk', 'gsi1pk', 'gsi1sk']) await expectError(put({ [name]: '' }), 'REQUEST_INVALID');
      await expectError(table.records.get({ pk: '', sk: 'a' }), 'REQUEST_INVALID');
      await expectError(table.records.write({ kind: 'delete', key: { pk: 'a', sk: '' } }), 'REQUEST_INVALID');
    });

    it('takes the longest keys in bytes of UTF-8, and refuses longer ones', async () => {
      const pk = 'é'.repeat(PARTITION_KEY_BYTES_MAX / 2);
      const sk = 'é'.repeat(SORT_KEY_BYTES_MAX / 2);
      await put({ pk, sk, gsi1pk: pk, gsi1sk: sk });
      expect(await table.records.get({ pk, sk })).toMatchObject({ pk, sk });
      await expectError(put({ pk: `${pk}x` }), 'LIMIT_EXCEEDED');
      await expectError(put({ sk: `${sk}x` }), 'LIMIT_EXCEEDED');
      await expectError(put({ gsi1pk: `${pk}x`, gsi1sk: 'a' }), 'LIMIT_EXCEEDED');
      await expectError(put({ gsi1pk: 'a', gsi1sk: `${sk}x` }), 'LIMIT_EXCEEDED');
    });

    it('takes a record of 400 KB and refuses a larger one, also as the result of an update', async () => {
      const overhead = recordBytes({ ...KEY, type: 'JOB', revision: 1, text: '' });
      const text = 'x'.repeat(RECORD_BYTES_MAX - overhead);
      await put({ text });
      await expectError(put({ text: `${text}x` }), 'LIMIT_EXCEEDED');
      // Only DynamoDB knows what an update makes of a record, and it counts 1,024 bytes to a KB.
      await expectError(
        table.records.write({ kind: 'update', key: KEY, set: { more: 'x'.repeat(10_000) } }),
        'LIMIT_EXCEEDED',
      );
      expect(await table.records.get(KEY)).toMatchObject({ revision: 1, text });
    });

    it('counts characters in bytes', async () => {
      await expectError(put({ text: '€'.repeat(RECORD_BYTES_MAX / 3) }), 'LIMIT_EXCEEDED');
    });

    it('refuses numbers that are none, or beyond those of DynamoDB', async () => {
      for (const number of [Number.NaN, Number.POSITIVE_INFINITY, 1e126, -1e200, 1e-200]) {
        await expectError(put({ number }), 'REQUEST_INVALID');
        await expectError(put({ list: [{ number }] }), 'REQUEST_INVALID');
      }
      await put({ numbers: [0, -0.1, 1e125, 1e-130, Number.MAX_SAFE_INTEGER] });
    });

    it('refuses ill-formed text', async () => {
      await expectError(put({ text: 'lone \ud800' }), 'REQUEST_INVALID');
      await expectError(put({ pk: '\udc00' }), 'REQUEST_INVALID');
    });

    it('refuses an attribute or element without a name', async () => {
      await expectError(put({ '': 'unnamed' }), 'REQUEST_INVALID');
      await expectError(put({ map: { '': 'unnamed' } }), 'REQUEST_INVALID');
      await expectError(put({ list: [{ map: { '': 'unnamed' } }] }), 'REQUEST_INVALID');
    });

    it('refuses what is nested deeper than 32 levels', async () => {
      const nested = (levels: number): JsonValue => (levels === 1 ? 'x' : [nested(levels - 1)]);
      await put({ nested: nested(32) });
      await expectError(put({ nested: nested(33) }), 'REQUEST_INVALID');
    });

    it('refuses a record without a type or with an impossible revision', async () => {
      await expectError(put({ type: '' }), 'REQUEST_INVALID');
      for (const revision of [0, -1, 1.5, Number.NaN]) await expectError(put({ revision }), 'REQUEST_INVALID');
    });
  });
}
