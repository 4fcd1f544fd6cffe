import { describe, expect, it } from 'vitest';
import { recordBytes } from '../../src/port-rules/record-bytes.ts';
import { QUERY_PAGE_BYTES_MAX, QUERY_ROWS_MAX, RECORD_BYTES_MAX } from '../../src/ports/limits.ts';
import type { RecordQuery } from '../../src/ports/record-store.ts';
import { expectError } from '../expect-error.ts';
import type { RecordStoreHarness } from '../record-store-contract.ts';
import { KEY, tableForEachTest } from './table.ts';

/** In the order of their UTF-8 bytes. In UTF-16, as JavaScript sorts, the last two change places. */
const SORTED = ['A', 'B', 'B#1', 'B#10', 'B#2', 'Z', 'a', 'é', '€', '\uff5e', '𝄞'];

export function describeRecordQueries(makeHarness: () => Promise<RecordStoreHarness>): void {
  describe('queries', () => {
    const table = tableForEachTest(makeHarness);
    const putAll = async (sortKeys: readonly string[]) => {
      for (const sk of sortKeys.toReversed()) await table.put({ pk: 'P', sk });
      await table.put({ pk: 'P2', sk: 'A' });
    };

    it('sorts by the bytes of UTF-8, in both directions', async () => {
      await putAll(SORTED);
      expect(await table.sortKeys({ partition: 'P' })).toEqual(SORTED);
      expect(await table.sortKeys({ partition: 'P', descending: true })).toEqual(SORTED.toReversed());
    });

    it.each(['B', 'B#1', 'é', '𝄞', '\uff5e', 'Q', ''])('finds what starts with %j', async (prefix) => {
      await putAll(SORTED);
      const expected = SORTED.filter((sk) => sk.startsWith(prefix));
      expect(await table.sortKeys({ partition: 'P', prefix })).toEqual(expected);
      expect(await table.sortKeys({ partition: 'P', prefix, descending: true })).toEqual(expected.toReversed());
    });

    it('finds what starts with the greatest characters there are', async () => {
      const greatest = '\u{10ffff}';
      await putAll(['a', greatest, `${greatest}${greatest}`, `\ud7ff`, '\ud7ffx', '\ue000']);
      expect(await table.sortKeys({ partition: 'P', prefix: greatest })).toEqual([greatest, `${greatest}${greatest}`]);
      expect(await table.sortKeys({ partition: 'P', prefix: '\ud7ff' })).toEqual(['\ud7ff', '\ud7ffx']);
    });

    it('finds what lies between two keys, both included', async () => {
      await putAll(SORTED);
      expect(await table.sortKeys({ partition: 'P', between: ['B#1', 'Z'] })).toEqual(['B#1', 'B#10', 'B#2', 'Z']);
      expect(await table.sortKeys({ partition: 'P', between: ['B#11', 'B#12'] })).toEqual([]);
    });

    it('goes through all rows, once each, whatever the page size and direction', async () => {
      await putAll(SORTED);
      for (const limit of [1, 3, SORTED.length, SORTED.length + 1]) {
        for (const descending of [false, true]) {
          const { items } = await table.walk({ partition: 'P', limit, descending });
          expect(items.map(({ sk }) => sk)).toEqual(descending ? SORTED.toReversed() : SORTED);
        }
      }
    });

    it('goes on after the last row of a page also when that row is gone', async () => {
      await putAll(SORTED);
      const { cursor } = await table.records.query({ partition: 'P', limit: 3 });
      await table.records.write({ kind: 'delete', key: { pk: 'P', sk: SORTED[2] ?? '' } });
      const { items } = await table.records.query({ partition: 'P', limit: 100, cursor });
      expect(items.map(({ sk }) => sk)).toEqual(SORTED.slice(3));
    });

    it('sees its own writes at once', async () => {
      await table.put({ n: 1 });
      await table.records.write({ kind: 'update', key: KEY, add: { n: 1 } });
      expect((await table.records.query({ partition: KEY.pk, limit: 1 })).items).toMatchObject([{ n: 2 }]);
    });

    it('ends a page at 1 MiB, with every row on one of the pages', async () => {
      const text = 'x'.repeat(300_000);
      const sortKeys = Array.from({ length: 9 }, (_, n) => `S#${n}`);
      for (const sk of sortKeys) await table.put({ pk: 'P', sk, text });
      const first = await table.records.query({ partition: 'P', limit: 100 });
      const bytes = first.items.reduce((sum, item) => sum + recordBytes(item), 0);
      // DynamoDB's page may end with the row that crosses the line.
      expect(bytes).toBeLessThanOrEqual(QUERY_PAGE_BYTES_MAX + RECORD_BYTES_MAX);
      expect(first.items.length).toBeGreaterThan(0);
      expect(first.cursor).not.toBeNull();
      const { items } = await table.walk({ partition: 'P', limit: 100 });
      expect(items.map(({ sk }) => sk)).toEqual(sortKeys);
    });

    it('refuses cursors that are not of this query', async () => {
      await putAll(SORTED);
      const query: RecordQuery = { partition: 'P', limit: 2 };
      const { cursor } = await table.records.query(query);
      const [first = '', second = ''] = [cursor?.slice(0, -4), cursor?.slice(4)];
      for (const wrong of ['', 'x', '{}', 'bm8', first, second, `${cursor}AAAA`]) {
        await expectError(table.records.query({ ...query, cursor: wrong }), 'CURSOR_INVALID');
      }
      await expectError(table.records.query({ ...query, partition: 'P2', cursor }), 'CURSOR_INVALID');
      await expectError(table.records.query({ ...query, prefix: 'B', cursor }), 'CURSOR_INVALID');
      await expectError(table.records.query({ ...query, descending: true, cursor }), 'CURSOR_INVALID');
      await expectError(table.records.query({ ...query, index: 'gsi1', cursor }), 'CURSOR_INVALID');
    });

    it('takes a cursor with another limit', async () => {
      await putAll(SORTED);
      const { cursor } = await table.records.query({ partition: 'P', limit: 2 });
      const { items } = await table.records.query({ partition: 'P', limit: 5, cursor });
      expect(items.map(({ sk }) => sk)).toEqual(SORTED.slice(2, 7));
    });

    it('refuses what DynamoDB would refuse', async () => {
      const query: RecordQuery = { partition: 'P', limit: 1 };
      await expectError(table.records.query({ ...query, partition: '' }), 'REQUEST_INVALID');
      await expectError(table.records.query({ ...query, limit: 0 }), 'REQUEST_INVALID');
      await expectError(table.records.query({ ...query, limit: QUERY_ROWS_MAX + 1 }), 'LIMIT_EXCEEDED');
      await expectError(table.records.query({ ...query, between: ['b', 'a'] }), 'REQUEST_INVALID');
      await expectError(table.records.query({ ...query, between: ['', 'a'] }), 'REQUEST_INVALID');
      await expectError(table.records.query({ ...query, prefix: 'a', between: ['a', 'b'] }), 'REQUEST_INVALID');
    });

    it('finds in the index only what has both of its keys', async () => {
      await table.put({ sk: 'both', gsi1pk: 'G', gsi1sk: '1' });
      await table.put({ sk: 'half', gsi1pk: 'G' });
      await table.put({ sk: 'none' });
      await table.indexShows({ partition: 'G' }, ['both']);
    });

    it('moves a record in the index with its keys', async () => {
      await table.put({ gsi1pk: 'OCR_JOB#PENDING', gsi1sk: '1' });
      await table.indexShows({ partition: 'OCR_JOB#PENDING' }, [KEY.sk]);
      await table.records.write({ kind: 'update', key: KEY, set: { gsi1pk: 'OCR_JOB#RUNNING' } });
      await table.indexShows({ partition: 'OCR_JOB#PENDING' }, []);
      await table.indexShows({ partition: 'OCR_JOB#RUNNING' }, [KEY.sk]);
      await table.records.write({ kind: 'update', key: KEY, remove: ['gsi1pk', 'gsi1sk'] });
      await table.indexShows({ partition: 'OCR_JOB#RUNNING' }, []);
      await table.records.write({ kind: 'update', key: KEY, set: { gsi1pk: 'OCR_JOB#FAILED', gsi1sk: '1' } });
      await table.indexShows({ partition: 'OCR_JOB#FAILED' }, [KEY.sk]);
      await table.records.write({ kind: 'delete', key: KEY });
      await table.indexShows({ partition: 'OCR_JOB#FAILED' }, []);
    });

    it('keeps in the index only its attributes', async () => {
      await table.put({
        gsi1pk: 'G',
        gsi1sk: '1',
        status: 'PENDING',
        merchant_id: 'm',
        merchant_name: 'Shop',
        words: ['a', 'b'],
        ttl: 1,
      });
      await table.indexShows({ partition: 'G' }, [KEY.sk]);
      const { items } = await table.records.query({ index: 'gsi1', partition: 'G', limit: 1 });
      expect(items).toEqual([
        { ...KEY, gsi1pk: 'G', gsi1sk: '1', type: 'JOB', revision: 1, status: 'PENDING', merchant_id: 'm' },
      ]);
    });

    it('goes through the index also where its keys are equal', async () => {
      const sortKeys = Array.from({ length: 9 }, (_, n) => `S#${n}`);
      for (const sk of sortKeys) await table.put({ sk, gsi1pk: 'G', gsi1sk: 'same' });
      await table.indexShows({ partition: 'G' }, sortKeys);
      for (const descending of [false, true]) {
        const { items } = await table.walk({ index: 'gsi1', partition: 'G', limit: 2, descending });
        expect(items.map(({ sk }) => sk).toSorted()).toEqual(sortKeys);
      }
    });

    it('queries the index by prefix and by range', async () => {
      for (const day of ['2026-01-01', '2026-01-31', '2026-02-01'])
        await table.put({ sk: day, gsi1pk: 'G', gsi1sk: `${day}#1` });
      await table.indexShows({ partition: 'G', prefix: '2026-01' }, ['2026-01-01', '2026-01-31']);
      await table.indexShows({ partition: 'G', between: ['2026-01-31', '2026-02-02'] }, ['2026-01-31', '2026-02-01']);
    });
  });
}
