import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { JsonValue, RecordWrite } from '@slipstream/shared';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MARSHALL_OPTIONS, toRecord, UNMARSHALL_OPTIONS } from '../src/dynamodb/document-values.ts';
import { queryInput } from '../src/dynamodb/query-input.ts';
import { deleteInput, putInput, updateInput } from '../src/dynamodb/write-input.ts';

const KEY = { pk: 'IMAGE#1', sk: 'OCR_JOB#1' };

describe('items', () => {
  // The port's rules refuse the two, on both homes.
  const name = fc.string({ minLength: 1 }).filter((text) => text !== '__proto__' && text !== 'constructor');
  const json: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constant(null),
      fc.boolean(),
      fc.string({ unit: 'grapheme' }),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
      fc.integer(),
      fc.array(tie('value')),
      fc.dictionary(name, tie('value')),
    ),
  })).value;

  it('are the record again, whatever JSON it holds', () => {
    fc.assert(
      fc.property(fc.dictionary(name, json), (attributes) => {
        const record = { ...attributes, ...KEY, type: 'T', revision: 1 };
        const item = marshall(record, MARSHALL_OPTIONS);
        expect(toRecord(unmarshall(item, UNMARSHALL_OPTIONS))).toEqual(record);
      }),
    );
  });

  it('that are none of ours are refused', () => {
    expect(() => toRecord({ pk: 'a', sk: 'b' })).toThrow(/lacks its key, type or revision/);
    const record = { ...KEY, type: 'T', revision: 1 };
    expect(() => toRecord({ ...record, list: [{ set: new Set(['a']) }] })).toThrow(/set of the type Set/);
    expect(() => toRecord({ ...record, bytes: new Uint8Array() })).toThrow(/bytes of the type Uint8Array/);
  });
});

describe('requests', () => {
  it('alias every name and value: any of them may be a word of DynamoDB’s own', () => {
    const set = { status: 'RUNNING', owner: 'agent', name: 'x', 'a.b': 1, ignored: undefined };
    const condition = { ifState: { status: ['PENDING', null], size: 3 } };
    const write = { kind: 'update', key: KEY, set, remove: ['date'], add: { count: 2 }, condition } as const;
    const input = updateInput('t', write);
    const text = `${input.UpdateExpression} ${input.ConditionExpression}`;
    const words = text.match(/(?<![#:])\b[A-Za-z_]\w*/g) ?? [];
    const own = ['SET', 'REMOVE', 'ADD', 'AND', 'OR', 'attribute_exists', 'attribute_not_exists', 'attribute_type'];
    expect(new Set(words)).toEqual(new Set(own));
    expect(Object.values(input.ExpressionAttributeNames ?? {}).toSorted()).toEqual(
      ['a.b', 'count', 'date', 'name', 'owner', 'pk', 'revision', 'size', 'status'].toSorted(),
    );
    for (const alias of text.match(/#\d+/g) ?? []) expect(input.ExpressionAttributeNames).toHaveProperty(alias);
    for (const alias of text.match(/:\d+/g) ?? []) expect(input.ExpressionAttributeValues).toHaveProperty(alias);
  });

  it('raise the revision with every update, and want the record to exist', () => {
    expect(updateInput('t', { kind: 'update', key: KEY, set: { a: 1 } })).toMatchObject({
      UpdateExpression: 'SET #0 = :0 ADD #1 :1',
      ConditionExpression: 'attribute_exists(#2)',
      ExpressionAttributeNames: { '#0': 'a', '#1': 'revision', '#2': 'pk' },
      ExpressionAttributeValues: { ':0': 1, ':1': 1 },
    });
  });

  it.each<[RecordWrite['condition'], string, object]>([
    [{ ifAbsent: true }, 'attribute_not_exists(#0)', { '#0': 'pk' }],
    [{ ifExists: true }, 'attribute_exists(#0)', { '#0': 'pk' }],
    [{ ifRevision: 3 }, '#0 = :0', { '#0': 'revision' }],
    [{ ifState: { owner: 'a' } }, 'attribute_exists(#1) AND (#0 = :0)', { '#0': 'owner', '#1': 'pk' }],
    [
      { ifState: { owner: [null, 'a'] } },
      'attribute_exists(#1) AND (attribute_not_exists(#0) OR attribute_type(#0, :0) OR #0 = :1)',
      { '#0': 'owner', '#1': 'pk' },
    ],
  ])('say %j in DynamoDB’s words', (condition, ConditionExpression, ExpressionAttributeNames) => {
    const record = { ...KEY, type: 'T', revision: 1 };
    const expected = { ConditionExpression, ExpressionAttributeNames };
    expect(putInput('t', { kind: 'put', record, ...(condition ? { condition } : {}) })).toMatchObject(expected);
    expect(deleteInput('t', { kind: 'delete', key: KEY, ...(condition ? { condition } : {}) })).toMatchObject(expected);
  });

  it('name neither names nor values where there is no condition: DynamoDB refuses empty lists', () => {
    expect(Object.keys(putInput('t', { kind: 'put', record: { ...KEY, type: 'T', revision: 1 } }))).toEqual([
      'TableName',
      'Item',
    ]);
  });

  it('read the table consistently, and the index as it is', () => {
    expect(queryInput('t', { partition: 'P', prefix: '', limit: 5 })).toMatchObject({
      KeyConditionExpression: '#0 = :0',
      ConsistentRead: true,
      ScanIndexForward: true,
      Limit: 5,
    });
    const index = queryInput('t', { index: 'gsi1', partition: 'P', between: ['a', 'b'], descending: true, limit: 5 });
    expect(index).toMatchObject({
      IndexName: 'gsi1',
      KeyConditionExpression: '#0 = :0 AND #1 BETWEEN :1 AND :2',
      ExpressionAttributeNames: { '#0': 'gsi1pk', '#1': 'gsi1sk' },
      ScanIndexForward: false,
    });
    expect(index).not.toHaveProperty('ConsistentRead');
  });
});
