import { describe, expect, it } from 'vitest';
import { isStored, type KnownRows, rowChanges } from '../../src/compaction/row-changes.ts';
import { type IndexRow, indexRowId } from '../../src/index.ts';

const KEY = { image_id: '7aee1585-a82d-57fe-b9e6-9ef48824255f', receipt_id: '00001' };
const MERCHANT = '3f2a1b0c-1111-5222-8333-444455556666';
const IDENTITY = { provider: 'test', dimensions: 2 };
const NOBODY = { merchant_id: null, phone: null, address_key: null };
const NOW = 1_000;

function row(place: number, revision: number, changes: Partial<IndexRow> = {}): IndexRow {
  const vector = Float32Array.from([1, 0]);
  const shared = { ...KEY, ...NOBODY, deleted: false, merged_at: 0, vector, text: `row ${place}` };
  return { ...shared, id: indexRowId(KEY, place), revision, ...changes };
}
function living(revision: number, rows_revision: number): KnownRows['truth'] {
  return {
    kind: 'living',
    ...KEY,
    revision,
    rows_revision,
    run_id: 'run',
    metadata: { ...NOBODY, merchant_id: MERCHANT },
  };
}
const removed = (revision: number): KnownRows['truth'] => ({ kind: 'removed', ...KEY, revision });
const changes = (known: Partial<KnownRows> & Pick<KnownRows, 'truth'>) =>
  rowChanges({ stored: [], current: null, strayIds: [], ...known }, IDENTITY, NOW);
const said = (rows: readonly IndexRow[]) =>
  rows.map(({ id, revision, deleted }) => `${Number(id.slice(-5))}${deleted ? '†' : ''}@${revision}`);

describe('what has to be written of a receipt', () => {
  it('its rows, with the revision and the merchant that its record has now', () => {
    const rows = changes({ truth: living(3, 1), current: [row(0, 1), row(1, 1)] });
    expect(said(rows)).toEqual(['0@3', '1@3']);
    expect(rows[0]).toMatchObject({ merchant_id: MERCHANT, merged_at: NOW, deleted: false });
  });

  it('nothing, when the same comes again', () => {
    const truth = living(3, 1);
    const stored = changes({ truth, current: [row(0, 1)], strayIds: [indexRowId(KEY, 5)] });
    expect(changes({ truth, stored, current: [row(0, 1)], strayIds: [indexRowId(KEY, 5)] })).toEqual([]);
  });

  it('another merchant with the stored vectors', () => {
    const [changed] = changes({ truth: living(4, 1), stored: [row(0, 2)] });
    expect(changed).toMatchObject({ revision: 4, merchant_id: MERCHANT, vector: row(0, 2).vector });
  });

  it('tombstones for rows that a newer reading has not, and for those that a frozen writer may still bring', () => {
    const stored = [row(0, 1), row(1, 1)];
    expect(
      said(changes({ truth: living(2, 2), stored, current: [row(0, 2)], strayIds: [indexRowId(KEY, 7)] })),
    ).toEqual(['0@2', '1†@2', '7†@2']);
  });

  it('a tombstone anew only where the one that is there is older than the rows that hold', () => {
    const stored = [row(0, 5), row(1, 3, { deleted: true }), row(2, 4, { deleted: true })];
    expect(said(changes({ truth: living(5, 4), stored, strayIds: [] }))).toEqual(['1†@5']);
  });

  it('rows of an earlier reading never stand in for those of its own', () => {
    expect(said(changes({ truth: living(4, 4), stored: [row(0, 3), row(1, 4)] }))).toEqual(['0†@4']);
    expect(isStored(living(4, 4), [row(0, 3)])).toBe(false);
    expect(isStored(living(5, 4), [row(0, 4)])).toBe(true);
  });

  it('only tombstones of a receipt that is gone, above its revisions', () => {
    const rows = changes({ truth: removed(6), stored: [row(0, 5)], strayIds: [indexRowId(KEY, 1)] });
    expect(said(rows)).toEqual(['0†@6', '1†@6']);
    expect(rows[0]).toMatchObject({ text: '', merchant_id: null, vector: new Float32Array(2) });
  });
});
