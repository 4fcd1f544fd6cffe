import { decimalOf, joinAmount } from '../money/micros.ts';
import type { SpendingAnswer, SpendingGroup, SpendingQuery, SpendingRow } from '../port/query.ts';
import { NO_DATE_RANK } from './ranks.ts';
import type { Statement } from './statement.ts';

const SUMS = 'sum(total_whole) AS whole, sum(total_micro) AS micro, count(*) AS receipts';
const TOTALS: Readonly<Record<'month' | 'merchant' | 'currency', string>> = {
  month: `SELECT CASE WHEN date_rank = '${NO_DATE_RANK}' THEN NULL ELSE substr(date_rank, 1, 7) END AS key,
    NULL AS label, currency, ${SUMS} FROM chosen WHERE total_whole IS NOT NULL GROUP BY 1, currency`,
  merchant: `SELECT coalesce(merchant_id, merchant_key) AS key, max(printed_name) AS label, currency, ${SUMS}
    FROM chosen WHERE total_whole IS NOT NULL GROUP BY 1, currency`,
  currency: `SELECT currency AS key, NULL AS label, currency, ${SUMS}
    FROM chosen WHERE total_whole IS NOT NULL GROUP BY currency`,
};

/** What a receipt comes to without the items that are filed for themselves. */
const BY_CATEGORY = `, filed AS (
    SELECT i.receipt, i.category_id, chosen.currency, sum(i.amount_whole) AS whole, sum(i.amount_micro) AS micro
    FROM c_items i JOIN chosen ON chosen.id = i.receipt
    WHERE i.category_id IS NOT NULL AND i.amount_whole IS NOT NULL AND chosen.total_whole IS NOT NULL
    GROUP BY i.receipt, i.category_id, chosen.currency
  ), filed_of AS (SELECT receipt, sum(whole) AS whole, sum(micro) AS micro FROM filed GROUP BY receipt
  ), parts AS (
    SELECT receipt, category_id, currency, whole, micro FROM filed
    UNION ALL
    SELECT chosen.id, chosen.category_id, chosen.currency,
      chosen.total_whole - coalesce(filed_of.whole, 0), chosen.total_micro - coalesce(filed_of.micro, 0)
    FROM chosen LEFT JOIN filed_of ON filed_of.receipt = chosen.id WHERE chosen.total_whole IS NOT NULL
      AND (filed_of.receipt IS NULL OR filed_of.whole <> chosen.total_whole OR filed_of.micro <> chosen.total_micro)
  )
  SELECT category_id AS key, NULL AS label, currency, sum(whole) AS whole, sum(micro) AS micro,
    count(DISTINCT receipt) AS receipts FROM parts GROUP BY category_id, currency`;

const BY_TAX = `SELECT t.label AS label, t.rate AS rate, chosen.currency, sum(t.amount_whole) AS whole,
    sum(t.amount_micro) AS micro, count(DISTINCT t.receipt) AS receipts
  FROM c_taxes t JOIN chosen ON chosen.id = t.receipt
  WHERE t.amount_whole IS NOT NULL GROUP BY t.label, t.rate, chosen.currency`;

const COLUMNS =
  'r.id, r.date_rank, r.merchant_id, r.merchant_key, r.printed_name, r.currency, r.category_id, r.total_whole, r.total_micro';

export function spendingStatement(by: SpendingGroup, conditions: Statement): Statement {
  const chosen = (columns: string) => `WITH chosen AS (SELECT ${columns} FROM c_receipts r WHERE ${conditions.sql})`;
  const { values } = conditions;
  if (by === 'category') return { sql: `${chosen(COLUMNS)}${BY_CATEGORY}`, values };
  if (by === 'tax') return { sql: `${chosen('r.id, r.currency')} ${BY_TAX}`, values };
  return { sql: `${chosen(COLUMNS)} ${TOTALS[by]}`, values };
}

/** How many receipts no sum holds. */
export function withoutAmountStatement(by: SpendingGroup, conditions: Statement): Statement {
  const lacks =
    by === 'tax'
      ? 'NOT EXISTS (SELECT 1 FROM c_taxes t WHERE t.receipt = r.id AND t.amount_whole IS NOT NULL)'
      : 'r.total_whole IS NULL';
  return {
    sql: `SELECT count(*) AS receipts FROM c_receipts r WHERE ${conditions.sql} AND ${lacks}`,
    values: conditions.values,
  };
}

/** `nameOf`: what a merchant is called today. */
export function spendingAnswer(
  rows: readonly Record<string, unknown>[],
  { by, limit }: SpendingQuery,
  without: unknown,
  nameOf: (merchantId: string) => string | null,
): SpendingAnswer {
  const groups = rows.map((row) => {
    const currency = textOf(row.currency);
    const micros = joinAmount(BigInt(String(row.whole)), BigInt(String(row.micro)));
    const key = by === 'tax' ? taxKey(row) : textOf(row.key);
    const group: SpendingRow = {
      key: key === '' ? null : key,
      label: by === 'merchant' && key !== null ? (nameOf(key) ?? textOf(row.label)) : null,
      currency,
      amount: decimalOf(micros, currency),
      receipts: Number(row.receipts),
    };
    return { group, micros };
  });
  const text = (one: string | null) => one ?? '\uffff'; // what has none comes last
  const inTime = by === 'month';
  groups.sort((one, other) => {
    const byKey = compare(text(one.group.key), text(other.group.key));
    const byCurrency = compare(text(one.group.currency), text(other.group.currency));
    const byAmount = one.micros === other.micros ? 0 : one.micros > other.micros ? -1 : 1;
    return inTime ? byKey || byCurrency : byCurrency || byAmount || byKey;
  });
  const shown = inTime ? groups.slice(-limit) : groups.slice(0, limit);
  return {
    rows: shown.map(({ group }) => group),
    more: groups.length > limit,
    without_amount: Number(without),
  };
}

const textOf = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));
const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

function taxKey({ label, rate }: Record<string, unknown>): string | null {
  const parts = [textOf(label), rate === null || rate === undefined ? null : `${rate} %`];
  return parts.filter((part) => part !== null).join(' ') || null;
}
