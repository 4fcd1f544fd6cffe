import {
  assertStorable,
  type CheckWrite,
  type Condition,
  type DeleteWrite,
  type JsonValue,
  type PutWrite,
  type RecordKey,
  type RecordWrite,
  recordBytes,
  SlipstreamError,
  type StoredRecord,
  type UpdateWrite,
} from '@slipstream/shared';
import { conditionExpression } from './condition-expression.ts';
import { isStoredRecord } from './document-values.ts';
import { Expression } from './expression.ts';

/** As the client's commands take it. */
type Key = Record<'pk' | 'sk', string>;

/** What is passed as a key may be a whole record. */
export function keyOf({ pk, sk }: RecordKey): Key {
  return { pk, sk };
}

interface Conditional {
  readonly TableName: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, JsonValue>;
}

export function putInput(
  TableName: string,
  { record, condition }: PutWrite,
): Conditional & { readonly Item: StoredRecord } {
  return { TableName, Item: record, ...conditionOnly(condition) };
}

export function deleteInput(TableName: string, write: DeleteWrite): Conditional & { readonly Key: Key } {
  return { TableName, Key: keyOf(write.key), ...conditionOnly(write.condition) };
}

export function checkInput(TableName: string, write: CheckWrite) {
  const expression = new Expression();
  const ConditionExpression = conditionExpression(write.condition, expression);
  return { TableName, Key: keyOf(write.key), ConditionExpression, ...expression.attributes };
}

/** Raises the revision. Without a condition the record has to exist: DynamoDB would make a new one. */
export function updateInput(TableName: string, write: UpdateWrite) {
  const expression = new Expression();
  const sets = Object.entries(write.set ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [`${expression.name(name)} = ${expression.value(value)}`],
  );
  const removes = (write.remove ?? []).map((name) => expression.name(name));
  // ADD takes a missing attribute for 0, and refuses what is no number.
  const adds = Object.entries({ ...write.add, revision: 1 }).map(
    ([name, amount]) => `${expression.name(name)} ${expression.value(amount)}`,
  );
  const clauses = [clause('SET', sets), clause('REMOVE', removes), clause('ADD', adds)];
  return {
    TableName,
    Key: keyOf(write.key),
    UpdateExpression: clauses.filter((part) => part !== '').join(' '),
    ConditionExpression: conditionExpression(write.condition ?? { ifExists: true }, expression),
    ...expression.attributes,
  };
}

/** What DynamoDB would refuse of a write's values, found before the call; the bytes they count in a transaction. */
export function assertWriteValues(write: RecordWrite): number {
  if (write.kind === 'put') return recordBytes(write.record);
  if (write.kind !== 'update') return 0;
  const { key, set = {} } = write;
  const record: unknown = { ...set, ...key, type: set.type ?? 'as it is', revision: 1 };
  if (!isStoredRecord(record)) throw new SlipstreamError('REQUEST_INVALID', 'The type of a record is a text.');
  return assertStorable(record);
}

/** An update that could only make a new record, but none that is whole. It fails in any case; how, tells the table. */
export function isTypeless(write: RecordWrite): boolean {
  if (write.kind !== 'update' || write.set?.type !== undefined) return false;
  return write.condition !== undefined && 'ifAbsent' in write.condition;
}

function clause(verb: string, parts: readonly string[]): string {
  return parts.length === 0 ? '' : `${verb} ${parts.join(', ')}`;
}

function conditionOnly(condition: Condition | undefined) {
  if (condition === undefined) return {};
  const expression = new Expression();
  const ConditionExpression = conditionExpression(condition, expression);
  return { ConditionExpression, ...expression.attributes };
}
