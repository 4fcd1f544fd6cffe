import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import {
  assertRecordKey,
  assertRecordQuery,
  assertRecordWrite,
  assertTransaction,
  type CheckWrite,
  type Clock,
  keyOfWrite,
  type Page,
  type RecordKey,
  type RecordQuery,
  type RecordStore,
  type RecordWrite,
  SlipstreamError,
  type StoredRecord,
  systemClock,
  TRANSACT_BYTES_MAX,
} from '@slipstream/shared';
import type { AwsOptions } from '../aws-options.ts';
import { type Attempt, callAws } from '../calls/call-aws.ts';
import { clientConfig } from '../calls/client-config.ts';
import { MARSHALL_OPTIONS, toRecord, UNMARSHALL_OPTIONS } from './document-values.ts';
import { definedOf, isOwnEffect, isRepeatable } from './own-effect.ts';
import { cursorAfter, queryInput } from './query-input.ts';
import { conditionFailed, transactionError, writeError } from './write-errors.ts';
import { assertWriteValues, checkInput, deleteInput, isTypeless, keyOf, putInput, updateInput } from './write-input.ts';

type SingleWrite = Exclude<RecordWrite, CheckWrite>;

/** One table of DynamoDB, with its index `gsi1`. Reads by key and of the table are strongly consistent. */
export class DynamoRecords implements RecordStore {
  readonly #table: string;
  readonly #options: AwsOptions;
  readonly #clock: Clock;
  #made: DynamoDBDocumentClient | null = null;
  #transport: DynamoDBClient | null = null;

  constructor(table: string, options: AwsOptions = {}, clock: Clock = systemClock) {
    this.#table = table;
    this.#options = options;
    this.#clock = clock;
  }

  async get(key: RecordKey): Promise<StoredRecord | null> {
    assertRecordKey(key);
    const command = new GetCommand({ TableName: this.#table, Key: keyOf(key), ConsistentRead: true });
    const { Item } = await this.#call('reading a record', ({ signal }) =>
      this.#client.send(command, { abortSignal: signal }),
    );
    return Item === undefined ? null : toRecord(Item);
  }

  async write(write: SingleWrite): Promise<StoredRecord | null> {
    assertRecordWrite(write);
    assertWriteValues(write);
    if (isTypeless(write)) throw typeless(write, await this.get(keyOfWrite(write)));
    return this.#call('writing a record', (attempt) => this.#tryWrite(write, attempt), isRepeatable(write));
  }

  async transact(writes: readonly RecordWrite[]): Promise<void> {
    assertTransaction(writes);
    for (const write of writes) if (isTypeless(write)) throw typeless(write, null);
    assertTransactionBytes(writes.reduce((sum, write) => sum + assertWriteValues(write), 0));
    const command = new TransactWriteCommand({
      TransactItems: writes.map((write) => transactItem(this.#table, write)),
      // The same for every attempt: DynamoDB does the transaction once, and answers a repetition with that.
      ClientRequestToken: randomUUID(),
    });
    await this.#call('a transaction', async ({ signal }) => {
      try {
        await this.#client.send(command, { abortSignal: signal });
      } catch (thrown) {
        throw transactionError(thrown, writes);
      }
    });
  }

  async query(query: RecordQuery): Promise<Page<StoredRecord>> {
    assertRecordQuery(query);
    const command = new QueryCommand(queryInput(this.#table, query));
    const { Items = [], LastEvaluatedKey } = await this.#call('a query', ({ signal }) =>
      this.#client.send(command, { abortSignal: signal }),
    );
    return { items: Items.map(toRecord), cursor: cursorAfter(query, LastEvaluatedKey) };
  }

  close(): void {
    // The document client leaves its transport alone.
    this.#transport?.destroy();
    this.#transport = null;
    this.#made = null;
  }

  /** Made with the first call, and kept. */
  get #client(): DynamoDBDocumentClient {
    if (this.#table === '') {
      throw new SlipstreamError('CONFIGURATION_INVALID', 'The table has no name: set DYNAMO_TABLE_NAME.');
    }
    if (this.#made === null) {
      this.#transport = new DynamoDBClient(clientConfig(this.#options));
      // Copies: the client adds settings of its own to what it is given.
      const translateConfig = {
        marshallOptions: { ...MARSHALL_OPTIONS },
        unmarshallOptions: { ...UNMARSHALL_OPTIONS },
      };
      this.#made = DynamoDBDocumentClient.from(this.#transport, translateConfig);
    }
    return this.#made;
  }

  #call<T>(what: string, send: (attempt: Attempt) => Promise<T>, isAllRepeatable = true): Promise<T> {
    const call = { what: `${what} of the table ${this.#table}`, send, isRepeatable: isAllRepeatable };
    return callAws(call, { ...this.#options, clock: this.#clock });
  }

  async #tryWrite(write: SingleWrite, { signal, isInDoubt }: Attempt): Promise<StoredRecord | null> {
    try {
      return await this.#send(write, signal);
    } catch (thrown) {
      if (isInDoubt && thrown instanceof ConditionalCheckFailedException) {
        // An error's item comes as DynamoDB has it.
        const found = thrown.Item === undefined ? null : toRecord(unmarshall(thrown.Item, UNMARSHALL_OPTIONS));
        if (isOwnEffect(write, found)) return found;
      }
      throw writeError(thrown, write);
    }
  }

  async #send(write: SingleWrite, abortSignal: AbortSignal): Promise<StoredRecord | null> {
    const options = { abortSignal };
    const onFailure = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
    switch (write.kind) {
      case 'put':
        await this.#client.send(new PutCommand({ ...putInput(this.#table, write), ...onFailure }), options);
        return definedOf(write.record);
      case 'delete':
        await this.#client.send(new DeleteCommand({ ...deleteInput(this.#table, write), ...onFailure }), options);
        return null;
      case 'update': {
        const input = { ...updateInput(this.#table, write), ...onFailure, ReturnValues: 'ALL_NEW' } as const;
        const { Attributes } = await this.#client.send(new UpdateCommand(input), options);
        return toRecord(Attributes);
      }
    }
  }
}

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

function transactItem(table: string, write: RecordWrite): TransactItem {
  switch (write.kind) {
    case 'put':
      return { Put: putInput(table, write) };
    case 'update':
      return { Update: updateInput(table, write) };
    case 'delete':
      return { Delete: deleteInput(table, write) };
    case 'check':
      return { ConditionCheck: checkInput(table, write) };
  }
}

function typeless(write: RecordWrite, found: StoredRecord | null): SlipstreamError {
  if (found !== null) return conditionFailed(write, null);
  return new SlipstreamError('REQUEST_INVALID', 'The update makes a record without a type.');
}

/** What is known before the call: the records that updates and deletions meet count as well, which DynamoDB sees to. */
function assertTransactionBytes(bytes: number): void {
  if (bytes <= TRANSACT_BYTES_MAX) return;
  throw new SlipstreamError('LIMIT_EXCEEDED', `A transaction has at most ${TRANSACT_BYTES_MAX} bytes.`, {
    details: { bytes, bytes_max: TRANSACT_BYTES_MAX },
  });
}
