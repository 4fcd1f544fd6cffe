import { decodeCursor, encodeCursor } from '@slipstream/runtime';
import {
  INDEX_ATTRIBUTES,
  listingOfQuery,
  type Page,
  prefixEnd,
  QUERY_PAGE_BYTES_MAX,
  type RecordQuery,
  recordBytes,
  type StoredRecord,
} from '@slipstream/shared';
import { text } from '../database/columns.ts';
import type { Connection } from '../database/connection.ts';
import { isStoredRecord, parseRecord } from './record-json.ts';

/** What a query of the table and of the index differ in. `position` names one row and orders all of a partition. */
interface Source {
  readonly partition: string;
  readonly sort: string;
  readonly position: readonly string[];
}
const TABLE: Source = { partition: 'pk', sort: 'sk', position: ['sk'] };
const INDEX: Source = { partition: 'gsi1pk', sort: 'gsi1sk', position: ['gsi1sk', 'pk', 'sk'] };

/** One page of a query that passed `assertRecordQuery`. */
export function selectRecordPage(connection: Connection, query: RecordQuery): Page<StoredRecord> {
  const source = query.index === undefined ? TABLE : INDEX;
  const listing = listingOfQuery(query);
  const after = decodeCursor(listing, query.cursor, source.position.length);
  const { sql, values } = pageStatement(source, query, after);

  const items: StoredRecord[] = [];
  let bytes = 0;
  let position: string[] = [];
  for (const row of connection.sql(sql).iterate(...values)) {
    const whole = parseRecord(text(row, 'body'));
    const record = query.index === undefined ? whole : projected(whole);
    bytes += recordBytes(record);
    const isFull = items.length === query.limit || bytes > QUERY_PAGE_BYTES_MAX;
    // The row that does not fit any more tells that there is another page.
    if (isFull && items.length > 0) return { items, cursor: encodeCursor(listing, position) };
    items.push(record);
    position = source.position.map((column) => text(row, column));
  }
  return { items, cursor: null };
}

function pageStatement(source: Source, query: RecordQuery, after: readonly string[] | null) {
  const columns = source.position.join(', ');
  const direction = query.descending === true ? 'DESC' : 'ASC';
  const terms = [`${source.partition} = ?`];
  const values: string[] = [query.partition];
  const add = (term: string, ...added: readonly string[]) => {
    terms.push(term);
    values.push(...added);
  };
  if (query.between !== undefined) add(`${source.sort} BETWEEN ? AND ?`, ...query.between);
  if (query.prefix !== undefined) add(`${source.sort} >= ?`, query.prefix);
  const end = prefixEnd(query.prefix ?? '');
  if (end !== null) add(`${source.sort} < ?`, end);
  if (after !== null) {
    const marks = source.position.map(() => '?').join(', ');
    add(`(${columns}) ${query.descending === true ? '<' : '>'} (${marks})`, ...after);
  }
  const order = source.position.map((column) => `${column} ${direction}`).join(', ');
  return { sql: `SELECT ${columns}, body FROM records WHERE ${terms.join(' AND ')} ORDER BY ${order}`, values };
}

const PROJECTED: ReadonlySet<string> = new Set(['pk', 'sk', 'gsi1pk', 'gsi1sk', ...INDEX_ATTRIBUTES]);

function projected(record: StoredRecord): StoredRecord {
  const cut: unknown = Object.fromEntries(Object.entries(record).filter(([name]) => PROJECTED.has(name)));
  return isStoredRecord(cut) ? cut : record;
}
