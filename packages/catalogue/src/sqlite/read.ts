import type { Page } from '@slipstream/shared';
import type { CatalogueHit, CatalogueRow, ReceiptIds } from '../port/catalogue.ts';
import {
  assertFilter,
  type CatalogueFilter,
  type CatalogueQuery,
  type SpendingAnswer,
  type SpendingQuery,
} from '../port/query.ts';
import { catalogueRow } from '../sql/catalogue-row.ts';
import { receiptConditions } from '../sql/conditions.ts';
import { listStatement, pageOf } from '../sql/list-statement.ts';
import { spendingAnswer, spendingStatement, withoutAmountStatement } from '../sql/spending-statement.ts';
import type { Dialect, Statement } from '../sql/statement.ts';
import { editsMax, expansionsOf, gramsOf, isExpanded, sharedMin } from '../words/expansion.ts';
import { askedWords } from '../words/question.ts';
import type { Database, Row } from './database.ts';

/** So many receipts at most are taken from the words' index and sorted; of more, the list's own order is walked. */
const SORTED_MAX = 2_000;

const dialect: Dialect = {
  contains: (column) => `instr(${column}, ?) > 0`,
  withWords: (sets) => ({ sql: 'r.id IN (SELECT rowid FROM c_words WHERE c_words MATCH ?)', values: [matchOf(sets)] }),
};

export function list(database: Database, ownerId: string, query: CatalogueQuery): Page<CatalogueHit> {
  assertFilter(query);
  const words = wordsOf(database, ownerId, query);
  const isRare = words.length > 0 && matches(database, words) < SORTED_MAX;
  // Written so that SQLite begins with the words: CROSS JOIN keeps the order of the tables.
  const from = isRare ? 'c_words w CROSS JOIN c_receipts r' : 'c_receipts r';
  const withWords = (sets: readonly (readonly string[])[]) => ({
    sql: 'w.c_words MATCH ? AND r.id = w.rowid',
    values: [matchOf(sets)],
  });
  const conditions = receiptConditions(ownerId, query, words, isRare ? { ...dialect, withWords } : dialect);
  return pageOf(all(database, listStatement(from, conditions, query)), query);
}

export function spending(database: Database, ownerId: string, query: SpendingQuery): SpendingAnswer {
  assertFilter(query);
  const conditions = receiptConditions(ownerId, query, wordsOf(database, ownerId, query), dialect);
  const rows = all(database, spendingStatement(query.by, conditions));
  const [without] = all(database, withoutAmountStatement(query.by, conditions));
  return spendingAnswer(rows, query, without?.receipts, (id) => {
    const name = database.get('SELECT name FROM c_merchants WHERE merchant_id = ?', id)?.name;
    return name === undefined ? null : String(name);
  });
}

export function scan(
  database: Database,
  { after, limit }: { readonly after: ReceiptIds | null; readonly limit: number },
): readonly CatalogueRow[] {
  const rows = database.all(
    `SELECT owner_id, image_id, receipt_id, revision, status, date, total, currency, merchant_id FROM c_receipts
     WHERE (image_id, receipt_id) > (?, ?) ORDER BY image_id, receipt_id LIMIT ?`,
    after?.image_id ?? '',
    after?.receipt_id ?? '',
    limit,
  );
  return rows.map(catalogueRow);
}

function wordsOf(database: Database, ownerId: string, { q }: CatalogueFilter): readonly (readonly string[])[] {
  if (q === undefined) return [];
  return askedWords(q).map(({ term, isExact }) =>
    isExact || !isExpanded(term) ? [term] : expansionsOf(term, candidates(database, ownerId, term)),
  );
}

function candidates(database: Database, ownerId: string, term: string): readonly string[] {
  const edits = editsMax(term);
  // CROSS JOIN: the few that share trigrams are looked up, never the whole vocabulary.
  const rows = database.all(
    `SELECT v.term AS term FROM (
       SELECT term FROM c_grams WHERE gram IN (SELECT value FROM json_each(?)) GROUP BY term HAVING count(*) >= ?
     ) g CROSS JOIN c_vocabulary v ON v.id = g.term
     WHERE v.owner_id = ? AND (length(v.term) BETWEEN ? AND ? OR instr(v.term, ?) > 0)`,
    JSON.stringify(gramsOf(term)),
    sharedMin(term),
    ownerId,
    term.length - edits,
    term.length + edits,
    term,
  );
  return rows.map(({ term: word }) => String(word));
}

function matches(database: Database, words: readonly (readonly string[])[]): number {
  const sql = 'SELECT count(*) AS found FROM (SELECT 1 FROM c_words WHERE c_words MATCH ? LIMIT ?)';
  return Number(database.get(sql, matchOf(words), SORTED_MAX)?.found);
}

/** Words are letters and digits alone: none ends its quotation marks. */
function matchOf(sets: readonly (readonly string[])[]): string {
  return sets.map((words) => `(${words.map((word) => `"${word}"`).join(' OR ')})`).join(' AND ');
}

function all(database: Database, { sql, values }: Statement): Row[] {
  return database.all(
    sql,
    ...values.map((value) => {
      if (typeof value === 'object') throw new TypeError('SQLite takes no lists.');
      return value;
    }),
  );
}
