import { describe, expect, it } from 'vitest';
import type { Condition } from '../../src/ports/record-store.ts';
import { expectError } from '../expect-error.ts';
import type { RecordStoreHarness } from '../record-store-contract.ts';
import { KEY, tableForEachTest } from './table.ts';

export function describeRecordConditions(makeHarness: () => Promise<RecordStoreHarness>): void {
  describe('reads and conditions', () => {
    const table = tableForEachTest(makeHarness);

    it('reads back what was put', async () => {
      const record = {
        ...KEY,
        type: 'JOB',
        revision: 7,
        text: 'é€𝄞 \u0000',
        empty: '',
        number: -12.5,
        yes: true,
        nothing: null,
        list: [1, 'two', [null], {}],
        map: { a: { b: [] }, ' ': 'hardly named' },
      };
      expect(await table.records.write({ kind: 'put', record })).toEqual(record);
      expect(await table.records.get(KEY)).toEqual(record);
    });

    it('keeps numbers of any size as they are', async () => {
      const list = [0, -0.1, 2 ** 53 + 2, -(2 ** 60), 1e21, 1.7e125, 1e-130, 0.1 + 0.2, Number.MAX_SAFE_INTEGER];
      await table.put({ list, n: 2 ** 60 });
      expect(await table.records.get(KEY)).toMatchObject({ list, n: 2 ** 60 });
      const found = await table.records.query({ partition: KEY.pk, limit: 1 });
      expect(found.items).toMatchObject([{ list, n: 2 ** 60 }]);
    });

    it.each(['__proto__', 'constructor'])('takes no attribute called %s, wherever it stands', async (name) => {
      const set = Object.fromEntries([[name, 'a']]);
      await table.put({});
      const write = { kind: 'update', key: KEY } as const;
      await expectError(table.records.write({ ...write, set }), 'REQUEST_INVALID');
      await expectError(table.records.write({ ...write, set: { map: { list: [set] } } }), 'REQUEST_INVALID');
      await expectError(table.records.write({ ...write, remove: [name] }), 'REQUEST_INVALID');
      await expectError(
        table.records.write({ ...write, set: { n: 1 }, condition: { ifState: set } }),
        'REQUEST_INVALID',
      );
      expect(await table.records.get(KEY)).toMatchObject({ revision: 1 });
    });

    it('keeps attributes whose names mean something to JavaScript', async () => {
      const set = { toString: 'a', valueOf: 'b', hasOwnProperty: { length: 3 } };
      await table.put({});
      await table.records.write({ kind: 'update', key: KEY, set });
      const record = await table.records.get(KEY);
      expect(Object.entries(record ?? {})).toEqual(expect.arrayContaining(Object.entries(set)));
      await table.put({ revision: 2 });
      const condition = { ifState: { toString: null } };
      expect(await table.records.write({ kind: 'update', key: KEY, set: { n: 1 }, condition })).toMatchObject({ n: 1 });
    });

    it('finds nothing where nothing was put', async () => {
      expect(await table.records.get(KEY)).toBeNull();
    });

    it('replaces the whole record with a put', async () => {
      await table.put({ a: 1, b: 2 });
      await table.put({ revision: 2, b: 3 });
      expect(await table.records.get(KEY)).toEqual({ ...KEY, type: 'JOB', revision: 2, b: 3 });
    });

    it('deletes, and takes the deletion of what is not there', async () => {
      await table.put({});
      expect(await table.records.write({ kind: 'delete', key: KEY })).toBeNull();
      expect(await table.records.get(KEY)).toBeNull();
      expect(await table.records.write({ kind: 'delete', key: KEY })).toBeNull();
    });

    it.each<{ readonly condition: Condition; readonly holds: boolean }>([
      { condition: { ifAbsent: true }, holds: false },
      { condition: { ifExists: true }, holds: true },
      { condition: { ifRevision: 1 }, holds: true },
      { condition: { ifRevision: 2 }, holds: false },
      { condition: { ifState: { status: 'PENDING' } }, holds: true },
      { condition: { ifState: { status: 'RUNNING' } }, holds: false },
      { condition: { ifState: { status: ['RUNNING', 'PENDING'] } }, holds: true },
      { condition: { ifState: { status: ['RUNNING', 'FAILED'] } }, holds: false },
      { condition: { ifState: { status: 'PENDING', attempt: 3 } }, holds: true },
      { condition: { ifState: { status: 'PENDING', attempt: 4 } }, holds: false },
      { condition: { ifState: { attempt: '3' } }, holds: false },
      { condition: { ifState: { owner: null } }, holds: true },
      { condition: { ifState: { cleared: null } }, holds: true },
      { condition: { ifState: { owner: [null, 'agent-1'] } }, holds: true },
      { condition: { ifState: { status: null } }, holds: false },
      { condition: { ifState: { is_paid: false } }, holds: true },
    ])('$condition of a record that is there: $holds', async ({ condition, holds }) => {
      const before = await table.put({ status: 'PENDING', attempt: 3, is_paid: false, cleared: null });
      const writes = [
        { kind: 'put', record: { ...before, revision: 2 }, condition },
        { kind: 'update', key: KEY, set: { touched: true }, condition },
        { kind: 'delete', key: KEY, condition },
      ] as const;
      for (const write of writes) {
        await table.put(before);
        if (holds) await table.records.write(write);
        else {
          await expectError(table.records.write(write), 'CONDITION_FAILED');
          expect(await table.records.get(KEY)).toEqual(before);
        }
      }
    });

    it.each<{ readonly condition: Condition }>([
      { condition: { ifExists: true } },
      { condition: { ifRevision: 1 } },
      { condition: { ifState: { owner: null } } },
      { condition: { ifState: { owner: [null, 'agent-1'] } } },
    ])('$condition does not hold where there is no record', async ({ condition }) => {
      const record = { ...KEY, type: 'JOB', revision: 1 };
      await expectError(table.records.write({ kind: 'put', record, condition }), 'CONDITION_FAILED');
      await expectError(
        table.records.write({ kind: 'update', key: KEY, set: { a: 1 }, condition }),
        'CONDITION_FAILED',
      );
      await expectError(table.records.write({ kind: 'delete', key: KEY, condition }), 'CONDITION_FAILED');
      expect(await table.records.get(KEY)).toBeNull();
    });

    it('creates a record once, however many try', async () => {
      const attempts = Array.from({ length: 8 }, (_, writer) =>
        table.records.write({
          kind: 'put',
          record: { ...KEY, type: 'JOB', revision: 1, writer },
          condition: { ifAbsent: true },
        }),
      );
      const outcomes = await Promise.allSettled(attempts);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    it('lets one of several writers of the same revision through', async () => {
      await table.put({});
      const attempts = Array.from({ length: 8 }, (_, writer) =>
        table.records.write({ kind: 'update', key: KEY, set: { writer }, condition: { ifRevision: 1 } }),
      );
      const outcomes = await Promise.allSettled(attempts);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await table.records.get(KEY)).toMatchObject({ revision: 2 });
    });
  });
}
