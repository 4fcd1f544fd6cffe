import { decodeCursor, encodeCursor } from '@slipstream/runtime';
import { listingOfQuery, type RecordQuery, SlipstreamError } from '@slipstream/shared';
import { Expression } from './expression.ts';

/** What a query of the table and of the index differ in. `position` names one row and orders all of a partition. */
interface Source {
  readonly partition: string;
  readonly sort: string;
  readonly position: readonly string[];
}
const TABLE: Source = { partition: 'pk', sort: 'sk', position: ['sk'] };
const INDEX: Source = { partition: 'gsi1pk', sort: 'gsi1sk', position: ['gsi1sk', 'pk', 'sk'] };

/** A query that passed `assertRecordQuery`. */
export function queryInput(TableName: string, query: RecordQuery) {
  const source = sourceOf(query);
  const expression = new Expression();
  const terms = [`${expression.name(source.partition)} = ${expression.value(query.partition)}`];
  if (query.between !== undefined) {
    const [from, to] = query.between;
    terms.push(`${expression.name(source.sort)} BETWEEN ${expression.value(from)} AND ${expression.value(to)}`);
  }
  // DynamoDB takes no empty text here; every sort key starts with it.
  if (query.prefix) terms.push(`begins_with(${expression.name(source.sort)}, ${expression.value(query.prefix)})`);
  const after = decodeCursor(listingOfQuery(query), query.cursor, source.position.length);
  return {
    TableName,
    KeyConditionExpression: terms.join(' AND '),
    ...expression.attributes,
    ScanIndexForward: query.descending !== true,
    Limit: query.limit,
    ...(query.index === undefined ? { ConsistentRead: true } : { IndexName: query.index }),
    ...(after === null ? {} : { ExclusiveStartKey: startKey(source, query, after) }),
  };
}

/** Where the next page begins; null on the last one. */
export function cursorAfter(query: RecordQuery, lastKey: Readonly<Record<string, unknown>> | undefined): string | null {
  if (lastKey === undefined) return null;
  const position = sourceOf(query).position.map((name) => lastKey[name]);
  if (!position.every((part) => typeof part === 'string')) {
    throw new SlipstreamError('STORE_UNAVAILABLE', 'DynamoDB ended a page at a key that is not of its table.');
  }
  return encodeCursor(listingOfQuery(query), position);
}

function startKey(source: Source, query: RecordQuery, after: readonly string[]): Record<string, string | undefined> {
  const position = Object.fromEntries(source.position.map((name, index) => [name, after[index]]));
  return { ...position, [source.partition]: query.partition };
}

function sourceOf(query: RecordQuery): Source {
  return query.index === undefined ? TABLE : INDEX;
}
