import { splitAmount } from '../money/micros.ts';
import type { CatalogueFilter } from '../port/query.ts';
import { nameKey } from '../words/terms.ts';
import { allOf, type Dialect, type Statement } from './statement.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** An owner's receipts (`r`) that pass the filter. `words`: of its question, each with what it is taken for. */
export function receiptConditions(
  ownerId: string,
  filter: CatalogueFilter,
  words: readonly (readonly string[])[],
  dialect: Dialect,
): Statement {
  const { merchant, category, tag, from, to, min, max, currency, status, degraded } = filter;
  const conditions: Statement[] = [{ sql: 'r.owner_id = ?', values: [ownerId] }];
  const where = (sql: string, ...values: Statement['values']) => conditions.push({ sql, values });
  if (words.length > 0) conditions.push(dialect.withWords(words));
  if (merchant !== undefined && UUID.test(merchant)) where('r.merchant_id = ?', merchant);
  else if (merchant !== undefined) where(dialect.contains('r.merchant_key'), nameKey(merchant));
  if (category !== undefined) {
    const inItems = 'r.id IN (SELECT receipt FROM c_items WHERE category_id = ?)';
    where(`r.category_id = ? OR ${inItems}`, category, category);
  }
  if (tag !== undefined) where('r.id IN (SELECT receipt FROM c_tags WHERE tag = ?)', tag);
  if (from !== undefined) where('r.date_rank >= ?', from);
  if (to !== undefined) where('r.date_rank <= ?', to);
  // A receipt without a date lies in no time.
  if (from !== undefined || to !== undefined) where('r.date IS NOT NULL');
  if (min !== undefined) where('(r.total_whole, r.total_micro) >= (?, ?)', ...amount(min));
  if (max !== undefined) where('(r.total_whole, r.total_micro) <= (?, ?)', ...amount(max));
  if (currency !== undefined) where('r.currency = ?', currency);
  if (status !== undefined) where('r.status = ?', status);
  if (degraded !== undefined) where('r.is_degraded = ?', degraded ? 1 : 0);
  return allOf(conditions);
}

function amount(decimal: string): [bigint, bigint] {
  const { whole, micro } = splitAmount(decimal);
  return [whole, micro];
}
