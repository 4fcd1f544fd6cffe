import { describe, expect, it } from 'vitest';
import { expectError } from '../expect-error.ts';
import type { RecordStoreHarness } from '../record-store-contract.ts';
import { KEY, tableForEachTest } from './table.ts';

export function describeRecordUpdates(makeHarness: () => Promise<RecordStoreHarness>): void {
  describe('updates', () => {
    const table = tableForEachTest(makeHarness);

    it('sets, removes and adds, raises the revision, and returns the record as it is then', async () => {
      await table.put({ status: 'PENDING', owner: 'agent-1', attempts: 2, kept: 'as it was' });
      const after = await table.records.write({
        kind: 'update',
        key: KEY,
        set: { status: 'RUNNING', list: [1], ignored: undefined },
        remove: ['owner', 'never_there'],
        add: { attempts: 3, failures: -1 },
      });
      const expected = {
        ...KEY,
        type: 'JOB',
        revision: 2,
        status: 'RUNNING',
        list: [1],
        attempts: 5,
        failures: -1,
        kept: 'as it was',
      };
      expect(after).toEqual(expected);
      expect(await table.records.get(KEY)).toEqual(expected);
    });

    it('leaves attributes alone whose new value is undefined', async () => {
      await table.put({ status: 'PENDING' });
      expect(await table.records.write({ kind: 'update', key: KEY, set: { status: undefined } })).toMatchObject({
        status: 'PENDING',
      });
    });

    it('wants the record to exist when no condition is named', async () => {
      await expectError(table.records.write({ kind: 'update', key: KEY, set: { a: 1 } }), 'CONDITION_FAILED');
      expect(await table.records.get(KEY)).toBeNull();
    });

    it('creates a record where it asks for its absence', async () => {
      const write = {
        kind: 'update',
        key: KEY,
        set: { type: 'BUDGET' },
        add: { used: 1 },
        condition: { ifAbsent: true },
      } as const;
      expect(await table.records.write(write)).toEqual({ ...KEY, type: 'BUDGET', revision: 1, used: 1 });
      await expectError(table.records.write(write), 'CONDITION_FAILED');
    });

    it('loses no addition of several writers', async () => {
      await table.put({ used: 0 });
      await Promise.all(
        Array.from({ length: 20 }, () => table.records.write({ kind: 'update', key: KEY, add: { used: 1 } })),
      );
      expect(await table.records.get(KEY)).toMatchObject({ used: 20, revision: 21 });
    });

    it('refuses to add to what is no number', async () => {
      await table.put({ text: '1', nothing: null });
      await expectError(table.records.write({ kind: 'update', key: KEY, add: { text: 1 } }), 'REQUEST_INVALID');
      await expectError(table.records.write({ kind: 'update', key: KEY, add: { nothing: 1 } }), 'REQUEST_INVALID');
      await expectError(
        table.records.write({ kind: 'update', key: KEY, add: { used: Number.NaN } }),
        'REQUEST_INVALID',
      );
    });

    it('refuses to touch keys and revision, and to remove the type', async () => {
      const before = await table.put({});
      for (const name of ['pk', 'sk', 'revision']) {
        await expectError(table.records.write({ kind: 'update', key: KEY, set: { [name]: 'x' } }), 'REQUEST_INVALID');
        await expectError(table.records.write({ kind: 'update', key: KEY, remove: [name] }), 'REQUEST_INVALID');
        await expectError(table.records.write({ kind: 'update', key: KEY, add: { [name]: 1 } }), 'REQUEST_INVALID');
      }
      await expectError(table.records.write({ kind: 'update', key: KEY, remove: ['type'] }), 'REQUEST_INVALID');
      expect(await table.records.get(KEY)).toEqual(before);
    });

    it('refuses to name an attribute twice', async () => {
      await table.put({ a: 1 });
      await expectError(
        table.records.write({ kind: 'update', key: KEY, set: { a: 1 }, add: { a: 1 } }),
        'REQUEST_INVALID',
      );
      await expectError(
        table.records.write({ kind: 'update', key: KEY, set: { a: 1 }, remove: ['a'] }),
        'REQUEST_INVALID',
      );
    });
  });
}
