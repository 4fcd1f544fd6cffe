import { expect, it } from 'vitest';
import { firstRows } from '../src/api/first-rows.ts';

const pages = new Map([
  ['', { rows: [], cursor: 'a' }],
  ['a', { rows: [1], cursor: 'b' }],
  ['b', { rows: [2, 3], cursor: 'c' }],
  ['c', { rows: [], cursor: null }],
]);
const page = async (cursor: string | null) => pages.get(cursor ?? '') ?? { rows: [], cursor: null };

it.each([
  [1, [1], true],
  [2, [1, 2, 3], true],
  [9, [1, 2, 3], false],
] as const)('%i rows are found behind empty and short pages', async (wanted, rows, hasMore) => {
  expect(await firstRows(wanted, page)).toEqual({ rows, hasMore });
});
