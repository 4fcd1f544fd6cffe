import type { Page } from './page.ts';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

export interface RecordKey {
  readonly pk: string;
  readonly sk: string;
}

/** Indexed by `gsi1pk`/`gsi1sk` when it has them (the index is sparse). `revision` starts at 1 and grows by 1 a write. */
export interface StoredRecord extends RecordKey {
  readonly gsi1pk?: string;
  readonly gsi1sk?: string;
  readonly type: string;
  readonly revision: number;
  readonly [attribute: string]: JsonValue | undefined;
}

/**
 * What has to hold for a write to happen; a record that is not there holds only `ifAbsent`.
 * `ifState`: each attribute named equals the value, or one of the values; a missing attribute counts as null.
 */
export type Condition =
  | { readonly ifAbsent: true }
  | { readonly ifExists: true }
  | { readonly ifRevision: number }
  | { readonly ifState: Readonly<Record<string, StateValue | readonly StateValue[]>> };
export type StateValue = string | number | boolean | null;

export interface PutWrite {
  readonly kind: 'put';
  /** Whole; its `revision` is the writer's business: 1 with `ifAbsent`, n + 1 with `ifRevision: n`. */
  readonly record: StoredRecord;
  readonly condition?: Condition;
}

export interface UpdateWrite {
  readonly kind: 'update';
  readonly key: RecordKey;
  /** Attributes to set; undefined ones are left alone. Keys and `revision` cannot be set. */
  readonly set?: Readonly<Record<string, JsonValue | undefined>>;
  readonly remove?: readonly string[];
  /** Numbers to add; a missing attribute counts as 0. */
  readonly add?: Readonly<Record<string, number>>;
  /** Without one the record has to exist. */
  readonly condition?: Condition;
}

export interface DeleteWrite {
  readonly kind: 'delete';
  readonly key: RecordKey;
  readonly condition?: Condition;
}

/** Writes nothing; the transaction fails unless the condition holds. Only in `transact`. */
export interface CheckWrite {
  readonly kind: 'check';
  readonly key: RecordKey;
  readonly condition: Condition;
}

export type RecordWrite = PutWrite | UpdateWrite | DeleteWrite | CheckWrite;

export interface RecordQuery {
  /** `gsi1`: by `gsi1pk`/`gsi1sk`, eventually consistent, with only the attributes of `INDEX_ATTRIBUTES`. */
  readonly index?: 'gsi1';
  readonly partition: string;
  /** Of the sort key. */
  readonly prefix?: string;
  /** Sort key from … to, both included; not together with `prefix`. */
  readonly between?: readonly [string, string];
  readonly descending?: boolean;
  /** 1 to `QUERY_ROWS_MAX`; a page also ends at `QUERY_PAGE_BYTES_MAX`. */
  readonly limit: number;
  readonly cursor?: string | null;
}

/** One table, as DynamoDB keeps it. Reads by key and queries of the table itself are strongly consistent. */
export interface RecordStore {
  get(key: RecordKey): Promise<StoredRecord | null>;

  /** The record after the write (null after a delete). `CONDITION_FAILED`, and nothing is written, when the condition does not hold. */
  write(write: Exclude<RecordWrite, CheckWrite>): Promise<StoredRecord | null>;

  /** All or nothing, each record at most once. `CONDITION_FAILED` names the first write that did not hold in `details.index`. */
  transact(writes: readonly RecordWrite[]): Promise<void>;

  query(query: RecordQuery): Promise<Page<StoredRecord>>;
}

/** One write as it was committed. Of one record in the order of its revisions; at least once. */
export interface RecordChange {
  readonly kind: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly sequence: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly key: RecordKey;
  readonly before: StoredRecord | null;
  readonly after: StoredRecord | null;
}

/** Kept for `CHANGES_KEPT_MS`. On AWS only the function's mapping pulls it; handlers never call it. */
export interface ChangeFeed {
  /** Changes after `after` (null: from the oldest kept), oldest first. */
  changes(options: { readonly after: string | null; readonly limit: number }): Promise<readonly RecordChange[]>;
  /** The sequence of the newest change, to follow from now on; null when there is none. */
  newestSequence(): Promise<string | null>;
  /** Where a named reader went on; null when it never did. */
  checkpoint(reader: string): Promise<string | null>;
  saveCheckpoint(reader: string, sequence: string): Promise<void>;
}
