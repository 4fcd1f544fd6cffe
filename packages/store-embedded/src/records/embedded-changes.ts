import { type ChangeFeed, type RecordChange, SlipstreamError } from '@slipstream/shared';
import { integer, integerOrNull, type Row, text, textOrNull } from '../database/columns.ts';
import type { Connection } from '../database/connection.ts';
import type { Writer } from '../database/writer.ts';
import { parseRecord } from './record-json.ts';

const SELECT =
  'SELECT sequence, at_ms, pk, sk, before, after FROM changes WHERE sequence > ? ORDER BY sequence LIMIT ?';
const SELECT_NEWEST = 'SELECT max(sequence) AS sequence FROM changes';
const SELECT_READER = 'SELECT sequence FROM change_readers WHERE reader = ?';
const UPSERT_READER =
  'INSERT INTO change_readers (reader, sequence) VALUES (?, ?) ON CONFLICT (reader) DO UPDATE SET sequence = excluded.sequence';

/**
 * The changes of all records in the order of their commits. Writers take turns, so a sequence is never seen before a
 * smaller one, and a reader misses none by going on from the last it saw.
 */
export class EmbeddedChanges implements ChangeFeed {
  readonly #connection: Connection;
  readonly #writer: Writer;

  constructor(connection: Connection, writer: Writer) {
    this.#connection = connection;
    this.#writer = writer;
  }

  async changes(options: { readonly after: string | null; readonly limit: number }): Promise<readonly RecordChange[]> {
    const after = options.after === null ? 0 : parseSequence(options.after);
    const rows = await this.#connection.read((connection) => connection.sql(SELECT).all(after, options.limit));
    return readableChanges(rows);
  }

  async newestSequence(): Promise<string | null> {
    const row = await this.#connection.read((connection) => connection.sql(SELECT_NEWEST).get());
    const sequence = integerOrNull(row ?? {}, 'sequence');
    return sequence === null ? null : String(sequence);
  }

  async checkpoint(reader: string): Promise<string | null> {
    const row = await this.#connection.read((connection) => connection.sql(SELECT_READER).get(reader));
    return row === undefined ? null : String(integer(row, 'sequence'));
  }

  async saveCheckpoint(reader: string, sequence: string): Promise<void> {
    const value = parseSequence(sequence);
    await this.#writer.run((connection) => connection.sql(UPSERT_READER).run(reader, value));
  }
}

/** Those before the first damaged one, so that the reader comes as far as it can; when that is the first, its error. */
function readableChanges(rows: readonly Row[]): RecordChange[] {
  const changes: RecordChange[] = [];
  for (const row of rows) {
    try {
      changes.push(parseChange(row));
    } catch (thrown) {
      if (changes.length > 0) return changes;
      throw thrown;
    }
  }
  return changes;
}

function parseChange(row: Row): RecordChange {
  const [before, after] = [textOrNull(row, 'before'), textOrNull(row, 'after')];
  return {
    kind: before === null ? 'INSERT' : after === null ? 'REMOVE' : 'MODIFY',
    sequence: String(integer(row, 'sequence')),
    at: integer(row, 'at_ms'),
    key: { pk: text(row, 'pk'), sk: text(row, 'sk') },
    before: before === null ? null : parseRecord(before),
    after: after === null ? null : parseRecord(after),
  };
}

function parseSequence(sequence: string): number {
  const value = /^\d{1,16}$/.test(sequence) ? Number(sequence) : Number.NaN;
  if (Number.isSafeInteger(value)) return value;
  throw new SlipstreamError('CURSOR_INVALID', 'The sequence is not one of this change feed.');
}
