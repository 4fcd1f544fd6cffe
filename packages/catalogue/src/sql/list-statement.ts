import { splitAmount } from '../money/micros.ts';
import { type CatalogueQuery, decodePosition, encodePosition, type Sort } from '../port/query.ts';
import { NO_TOTAL_RANK } from './ranks.ts';
import type { SqlValue, Statement } from './statement.ts';

interface Order {
  readonly columns: readonly string[];
  /** The columns' values of a cursor's. */
  values(value: string): readonly SqlValue[];
  /** A row's value, for a cursor. */
  valueOf(row: Record<string, unknown>): string;
}

const DATE: Order = {
  columns: ['r.date_rank'],
  values: (value) => [value],
  valueOf: ({ date_rank }) => String(date_rank),
};
const MERCHANT: Order = {
  columns: ['r.merchant_key'],
  values: (value) => [value],
  valueOf: ({ merchant_key }) => String(merchant_key),
};
const TOTAL: Order = {
  columns: ['r.total_rank', 'r.micro_rank'],
  values: (value) => {
    if (value === '') return [NO_TOTAL_RANK, 0n];
    const { whole, micro } = splitAmount(value);
    return [whole, micro];
  },
  valueOf: ({ total }) => (total === null ? '' : String(total)),
};
const ORDERS: Readonly<Record<Sort, Order>> = {
  date: DATE,
  '-date': DATE,
  total: TOTAL,
  '-total': TOTAL,
  merchant: MERCHANT,
  '-merchant': MERCHANT,
};

/** A page and one row more, which tells whether there is another. `from`: tables with the receipts as `r`. */
export function listStatement(from: string, conditions: Statement, query: CatalogueQuery): Statement {
  const order = ORDERS[query.sort];
  const isDescending = query.sort.startsWith('-');
  const columns = [...order.columns, 'r.image_id', 'r.receipt_id'];
  const after = query.cursor === null ? null : decodePosition(query.cursor, query.sort);
  const sql = [
    'SELECT r.image_id, r.receipt_id, r.date_rank, r.merchant_key, r.total',
    `FROM ${from}`,
    `WHERE ${conditions.sql}`,
    after ? `AND (${columns.join(', ')}) ${isDescending ? '<' : '>'} (${columns.map(() => '?').join(', ')})` : '',
    `ORDER BY ${columns.map((column) => `${column} ${isDescending ? 'DESC' : 'ASC'}`).join(', ')}`,
    'LIMIT ?',
  ].join(' ');
  const afterValues = after ? [...order.values(after.value), after.image_id, after.receipt_id] : [];
  return { sql, values: [...conditions.values, ...afterValues, query.limit + 1] };
}

/** The page of what `listStatement` found. */
export function pageOf(rows: readonly Record<string, unknown>[], { sort, limit }: CatalogueQuery) {
  const items = rows.slice(0, limit).map(({ image_id, receipt_id }) => ({
    image_id: String(image_id),
    receipt_id: String(receipt_id),
  }));
  const last = rows[limit - 1];
  const ids = items.at(-1);
  const isMore = rows.length > limit && last !== undefined && ids !== undefined;
  return { items, cursor: isMore ? encodePosition({ sort, value: ORDERS[sort].valueOf(last), ...ids }) : null };
}
