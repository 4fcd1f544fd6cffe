import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeFeed, RecordChange, RecordStore } from '../src/ports/record-store.ts';
import { expectError } from './expect-error.ts';

/** A table for one test, empty, with its changes. */
export interface ChangeFeedHarness {
  readonly records: RecordStore & ChangeFeed;
  dispose(): Promise<void>;
}

/** Every `ChangeFeed` behaves so. Order counts per record only, and a change may come twice. */
export function describeChangeFeedContract(name: string, makeHarness: () => Promise<ChangeFeedHarness>): void {
  describe(`${name} keeps the contract of ChangeFeed`, () => {
    let harness: ChangeFeedHarness;
    let records: RecordStore & ChangeFeed;
    const key = { pk: 'IMAGE#1', sk: 'OCR_JOB#1' };
    const put = (attributes: object) =>
      records.write({ kind: 'put', record: { ...key, type: 'JOB', revision: 1, ...attributes } });

    beforeEach(async () => {
      harness = await makeHarness();
      records = harness.records;
    });
    afterEach(() => harness.dispose());

    /** All changes, read `limit` at a time. */
    const readAll = async (limit: number, after: string | null = null): Promise<RecordChange[]> => {
      const all: RecordChange[] = [];
      for (;;) {
        const page = await records.changes({ after: all.at(-1)?.sequence ?? after, limit });
        expect(page.length).toBeLessThanOrEqual(limit);
        if (page.length === 0) return all;
        all.push(...page);
      }
    };

    it('tells of every write of a record, before and after', async () => {
      await put({ n: 1 });
      await records.write({ kind: 'update', key, add: { n: 1 } });
      await records.write({ kind: 'delete', key });
      const [first, second] = [
        { ...key, type: 'JOB', revision: 1, n: 1 },
        { ...key, type: 'JOB', revision: 2, n: 2 },
      ];
      expect(await readAll(100)).toMatchObject([
        { kind: 'INSERT', key, before: null, after: first },
        { kind: 'MODIFY', key, before: first, after: second },
        { kind: 'REMOVE', key, before: second, after: null },
      ]);
    });

    it('tells of the writes of a transaction', async () => {
      await records.transact([
        { kind: 'put', record: { ...key, type: 'JOB', revision: 1 } },
        { kind: 'put', record: { ...key, sk: 'IMAGE', type: 'IMAGE', revision: 1 } },
        { kind: 'check', key: { pk: 'nobody', sk: 'nobody' }, condition: { ifAbsent: true } },
      ]);
      expect((await readAll(100)).map((change) => change.key.sk).toSorted()).toEqual(['IMAGE', 'OCR_JOB#1']);
    });

    it('tells nothing of writes that did not happen', async () => {
      await put({});
      await expectError(
        records.write({ kind: 'update', key, set: { a: 1 }, condition: { ifRevision: 9 } }),
        'CONDITION_FAILED',
      );
      const put2 = { kind: 'put', record: { ...key, sk: 'IMAGE', type: 'IMAGE', revision: 1 } } as const;
      await expectError(
        records.transact([put2, { kind: 'check', key, condition: { ifAbsent: true } }]),
        'CONDITION_FAILED',
      );
      await records.write({ kind: 'delete', key: { pk: 'nobody', sk: 'nobody' } });
      expect(await readAll(100)).toHaveLength(1);
    });

    it('keeps the order of one record’s revisions, whatever the page size', async () => {
      await put({});
      await Promise.all(Array.from({ length: 30 }, (_, n) => records.write({ kind: 'update', key, set: { n } })));
      for (const limit of [1, 7, 100]) {
        const revisions = (await readAll(limit)).map(({ after }) => after?.revision);
        expect(revisions).toEqual(Array.from({ length: 31 }, (_, n) => n + 1));
      }
    });

    it('goes on after the change it is told', async () => {
      await put({});
      const [first] = await readAll(1);
      await records.write({ kind: 'update', key, set: { n: 1 } });
      expect(await readAll(10, first?.sequence)).toMatchObject([{ kind: 'MODIFY' }]);
    });

    it('knows the newest change', async () => {
      expect(await records.newestSequence()).toBeNull();
      await put({});
      await put({ revision: 2 });
      const newest = await records.newestSequence();
      expect(newest).toBe((await readAll(10)).at(-1)?.sequence);
      expect(await records.changes({ after: newest, limit: 10 })).toEqual([]);
    });

    it('remembers where each reader was', async () => {
      await put({});
      await put({ revision: 2 });
      const [first, second] = await readAll(10);
      expect(await records.checkpoint('stream-processor')).toBeNull();
      await records.saveCheckpoint('stream-processor', first?.sequence ?? '');
      await records.saveCheckpoint('console', second?.sequence ?? '');
      expect(await records.checkpoint('stream-processor')).toBe(first?.sequence);
      await records.saveCheckpoint('stream-processor', second?.sequence ?? '');
      expect(await records.checkpoint('stream-processor')).toBe(second?.sequence);
    });

    it('refuses a sequence that is none', async () => {
      await expectError(records.changes({ after: 'yesterday', limit: 10 }), 'CURSOR_INVALID');
      await expectError(records.saveCheckpoint('console', '-1'), 'CURSOR_INVALID');
    });
  });
}
