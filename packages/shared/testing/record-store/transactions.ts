import { describe, expect, it } from 'vitest';
import { TRANSACT_WRITES_MAX } from '../../src/ports/limits.ts';
import type { RecordWrite } from '../../src/ports/record-store.ts';
import { expectError } from '../expect-error.ts';
import type { RecordStoreHarness } from '../record-store-contract.ts';
import { KEY, tableForEachTest } from './table.ts';

export function describeRecordTransactions(makeHarness: () => Promise<RecordStoreHarness>): void {
  describe('transactions', () => {
    const table = tableForEachTest(makeHarness);
    const other = { pk: 'IMAGE#2', sk: 'IMAGE' };
    const puts = (count: number, text = ''): RecordWrite[] =>
      Array.from({ length: count }, (_, n) => ({
        kind: 'put',
        record: { pk: `P#${n}`, sk: 'S', type: 'T', revision: 1, text },
      }));

    it('writes all of its records', async () => {
      await table.put({ n: 1 });
      await table.put({ ...other, n: 1 });
      await table.records.transact([
        { kind: 'update', key: KEY, add: { n: 1 }, condition: { ifRevision: 1 } },
        { kind: 'delete', key: other },
        {
          kind: 'put',
          record: { pk: 'IMAGE#3', sk: 'IMAGE', type: 'IMAGE', revision: 1 },
          condition: { ifAbsent: true },
        },
        { kind: 'check', key: { pk: 'IMAGE#4', sk: 'IMAGE' }, condition: { ifAbsent: true } },
      ]);
      expect(await table.records.get(KEY)).toMatchObject({ n: 2, revision: 2 });
      expect(await table.records.get(other)).toBeNull();
      expect(await table.records.get({ pk: 'IMAGE#3', sk: 'IMAGE' })).not.toBeNull();
    });

    it('writes nothing when one condition does not hold, and names the first of them', async () => {
      const before = await table.put({ n: 1 });
      const writes: RecordWrite[] = [
        { kind: 'put', record: { ...other, type: 'IMAGE', revision: 1 }, condition: { ifAbsent: true } },
        { kind: 'update', key: KEY, set: { n: 2 }, condition: { ifRevision: 9 } },
        { kind: 'check', key: { pk: 'IMAGE#9', sk: 'IMAGE' }, condition: { ifExists: true } },
      ];
      const error = await expectError(table.records.transact(writes), 'CONDITION_FAILED');
      expect(error.details.index).toBe(1);
      expect(await table.records.get(other)).toBeNull();
      expect(await table.records.get(KEY)).toEqual(before);
    });

    it('fails on a check alone', async () => {
      const check = { kind: 'check', key: KEY, condition: { ifExists: true } } as const;
      const put = { kind: 'put', record: { ...other, type: 'IMAGE', revision: 1 } } as const;
      expect((await expectError(table.records.transact([put, check]), 'CONDITION_FAILED')).details.index).toBe(1);
      expect(await table.records.get(other)).toBeNull();
    });

    it('changes nothing of what it only checks', async () => {
      const before = await table.put({});
      await table.records.transact([{ kind: 'check', key: KEY, condition: { ifExists: true } }]);
      expect(await table.records.get(KEY)).toEqual(before);
    });

    it('refuses an update of a record that is not there', async () => {
      const error = await expectError(
        table.records.transact([{ kind: 'update', key: KEY, set: { a: 1 } }]),
        'CONDITION_FAILED',
      );
      expect(error.details.index).toBe(0);
    });

    it('refuses to write a record twice', async () => {
      const put = { kind: 'put', record: { ...KEY, type: 'JOB', revision: 1 } } as const;
      await expectError(table.records.transact([put, { kind: 'delete', key: KEY }]), 'REQUEST_INVALID');
      expect(await table.records.get(KEY)).toBeNull();
    });

    it(`takes ${TRANSACT_WRITES_MAX} writes, and neither more nor none`, async () => {
      await table.records.transact(puts(TRANSACT_WRITES_MAX));
      expect(await table.records.get({ pk: 'P#99', sk: 'S' })).not.toBeNull();
      await expectError(table.records.transact(puts(TRANSACT_WRITES_MAX + 1)), 'LIMIT_EXCEEDED');
      await expectError(table.records.transact([]), 'REQUEST_INVALID');
    });

    it('refuses more than 4 MB, and writes nothing of it', async () => {
      const text = 'x'.repeat(390_000);
      await expectError(table.records.transact(puts(11, text)), 'LIMIT_EXCEEDED');
      expect(await table.records.get({ pk: 'P#0', sk: 'S' })).toBeNull();
      await table.records.transact(puts(10, text));
      expect(await table.records.get({ pk: 'P#9', sk: 'S' })).not.toBeNull();
    });

    it('lets two transactions over the same records happen one after the other', async () => {
      await table.put({ balance: 50 });
      await table.put({ ...other, balance: 50 });
      const move = (amount: number): RecordWrite[] => [
        { kind: 'update', key: KEY, add: { balance: -amount } },
        { kind: 'update', key: other, add: { balance: amount } },
      ];
      // DynamoDB may cancel one of two that meet; what counts is that none happens by half.
      await Promise.allSettled(Array.from({ length: 10 }, (_, n) => table.records.transact(move(n))));
      const [a, b] = [await table.records.get(KEY), await table.records.get(other)];
      expect(Number(a?.balance) + Number(b?.balance)).toBe(100);
      expect(a?.revision).toBe(b?.revision);
    });
  });
}
