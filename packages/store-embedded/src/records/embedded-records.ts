import {
  assertRecordKey,
  assertRecordQuery,
  assertRecordWrite,
  assertTransaction,
  type ChangeFeed,
  type CheckWrite,
  type Clock,
  type Page,
  type RecordChange,
  type RecordKey,
  type RecordQuery,
  type RecordStore,
  type RecordWrite,
  SlipstreamError,
  type StoredRecord,
  TRANSACT_BYTES_MAX,
} from '@slipstream/shared';
import type { Connection } from '../database/connection.ts';
import type { Writer } from '../database/writer.ts';
import { EmbeddedChanges } from './embedded-changes.ts';
import { executeWrite } from './execute-write.ts';
import { selectRecordPage } from './record-page.ts';
import { selectRecord } from './record-table.ts';

/** The one table, and what was written to it. */
export class EmbeddedRecords implements RecordStore, ChangeFeed {
  readonly #connection: Connection;
  readonly #writer: Writer;
  readonly #clock: Clock;
  readonly #changes: EmbeddedChanges;

  constructor(connection: Connection, writer: Writer, clock: Clock) {
    this.#connection = connection;
    this.#writer = writer;
    this.#clock = clock;
    this.#changes = new EmbeddedChanges(connection, writer);
  }

  async get(key: RecordKey): Promise<StoredRecord | null> {
    assertRecordKey(key);
    return this.#connection.read((connection) => selectRecord(connection, key)?.record ?? null);
  }

  async write(write: Exclude<RecordWrite, CheckWrite>): Promise<StoredRecord | null> {
    assertRecordWrite(write);
    return this.#writer.run((connection) => executeWrite(connection, write, null, this.#clock.now()).after);
  }

  async transact(writes: readonly RecordWrite[]): Promise<void> {
    assertTransaction(writes);
    await this.#writer.run((connection) => {
      const atMs = this.#clock.now();
      const effects = writes.map((write, index) => executeWrite(connection, write, index, atMs));
      assertTransactionBytes(effects.reduce((sum, effect) => sum + effect.bytes, 0));
    });
  }

  async query(query: RecordQuery): Promise<Page<StoredRecord>> {
    assertRecordQuery(query);
    return this.#connection.read((connection) => selectRecordPage(connection, query));
  }

  changes(options: { readonly after: string | null; readonly limit: number }): Promise<readonly RecordChange[]> {
    return this.#changes.changes(options);
  }

  newestSequence(): Promise<string | null> {
    return this.#changes.newestSequence();
  }

  checkpoint(reader: string): Promise<string | null> {
    return this.#changes.checkpoint(reader);
  }

  saveCheckpoint(reader: string, sequence: string): Promise<void> {
    return this.#changes.saveCheckpoint(reader, sequence);
  }
}

function assertTransactionBytes(bytes: number): void {
  if (bytes <= TRANSACT_BYTES_MAX) return;
  throw new SlipstreamError('LIMIT_EXCEEDED', `A transaction has at most ${TRANSACT_BYTES_MAX} bytes.`, {
    details: { bytes, bytes_max: TRANSACT_BYTES_MAX },
  });
}
