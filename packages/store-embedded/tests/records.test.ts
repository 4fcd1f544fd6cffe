import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expectError } from '@slipstream/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeStoreHarness, type StoreHarness } from './harness.ts';

describe('records that are damaged on the disk', () => {
  let harness: StoreHarness;
  const key = (n: number) => ({ pk: 'P', sk: `S#${n}` });

  beforeEach(async () => {
    harness = await makeStoreHarness();
    for (let n = 0; n < 3; n += 1) {
      await harness.store.records.write({
        kind: 'put',
        record: { ...key(n), type: 'T', revision: 1, secret: 'tax id' },
      });
    }
  });
  afterEach(() => harness.dispose());

  const damage = (sql: string) => {
    const database = new DatabaseSync(join(harness.dataDir, 'slipstream.db'));
    database.exec(sql);
    database.close();
  };

  it.each(['{"secret":"tax id"', '[]', 'null', '{"pk":"P"}'])(
    'give a clear error for %s, which does not quote them',
    async (body) => {
      const { records } = harness.store;
      damage(`UPDATE records SET body = '${body}' WHERE sk = 'S#1'`);
      const errors = [
        await expectError(records.get(key(1)), 'DOCUMENT_INVALID'),
        await expectError(records.query({ partition: 'P', limit: 10 }), 'DOCUMENT_INVALID'),
        await expectError(records.write({ kind: 'update', key: key(1), set: { a: 1 } }), 'DOCUMENT_INVALID'),
      ];
      for (const error of errors) expect(JSON.stringify([error.message, String(error.cause)])).not.toContain('tax id');
    },
  );

  it('leave the others alone, and can be replaced', async () => {
    const { records } = harness.store;
    damage(`UPDATE records SET body = '{' WHERE sk = 'S#1'`);
    const outcomes = await Promise.allSettled(
      [0, 1, 2].map((n) => records.write({ kind: 'update', key: key(n), set: { a: 1 } })),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    damage(`DELETE FROM records WHERE sk = 'S#1'`);
    await records.write({ kind: 'put', record: { ...key(1), type: 'T', revision: 1 }, condition: { ifAbsent: true } });
  });

  it('stop a reader of changes only where the damage is', async () => {
    const { records } = harness.store;
    damage(`UPDATE changes SET after = '{' WHERE sequence = 2`);
    expect(await records.changes({ after: null, limit: 10 })).toMatchObject([{ sequence: '1' }]);
    await expectError(records.changes({ after: '1', limit: 10 }), 'DOCUMENT_INVALID');
    expect(await records.changes({ after: '2', limit: 10 })).toMatchObject([{ sequence: '3' }]);
  });
});
