import type { IndexRow, ReceiptKey } from './index-row.ts';

/** What a table was made for; asked with another one, every call fails with `INDEX_EMBEDDING_MISMATCH`. */
export interface EmbeddingIdentity {
  /** `local` or `openai:{model}`. */
  readonly provider: string;
  readonly dimensions: number;
}

export interface SearchHit extends IndexRow {
  /** Cosine similarity, -1 to 1. */
  readonly similarity: number;
}

/** One published version of one collection, reduced to the highest revision of each id. Never changes while it is open. */
export interface IndexReader {
  readonly version: number;
  /** The nearest living rows of each vector, the nearest first. */
  search(
    vectors: readonly Float32Array[],
    options: { readonly limit: number; readonly signal?: AbortSignal },
  ): Promise<readonly (readonly SearchHit[])[]>;
  /** Living rows. */
  count(): Promise<number>;
  /** Every row, tombstones included, in no order. */
  rows(): AsyncIterable<IndexRow>;
  close(): Promise<void>;
}

/** The newest state of one collection, for its single writer. */
export interface IndexWriter {
  /** Rows of these receipts as stored, tombstones included, reduced to the highest revision. */
  rowsOf(receipts: readonly ReceiptKey[]): Promise<readonly IndexRow[]>;
  /**
   * One atomic commit: each row is inserted, or replaces the stored one if its revision is higher. `rows` holds each id
   * once. Returns the version that has them.
   */
  merge(rows: readonly IndexRow[]): Promise<MergeResult>;
  /** Duplicates that a frozen writer left go, keeping the highest revision of each id. */
  removeDuplicates(): Promise<{ readonly removed: number; readonly version: number }>;
  /** Tombstones merged before (epoch milliseconds) go. */
  purgeTombstones(before: number): Promise<{ readonly removed: number; readonly version: number }>;
  /**
   * Removes duplicates; compacts fragments, brings the key and vector indexes up to date and prunes versions older than
   * the grace, as soon as what was merged since is worth it; with `mustErase` now.
   */
  optimise(options: OptimiseOptions): Promise<{ readonly version: number }>;
  /** The newest version, published or not. */
  version(): Promise<number>;
  /** Living rows. */
  count(): Promise<number>;
  close(): Promise<void>;
}

export interface OptimiseOptions {
  /** Epoch milliseconds: older versions go, and the files that only they need. */
  readonly pruneBefore: number;
  /** No file of the newest version may hold a row that is gone. */
  readonly mustErase?: boolean;
}

export interface MergeResult {
  readonly version: number;
  readonly inserted: number;
  readonly updated: number;
}

/**
 * Where collections live: LanceDB tables in a folder, on EFS or on S3, or a Chroma server. One contract suite for all.
 * `INDEX_MISSING` when a collection that is opened does not exist: only `create` makes one.
 */
export interface VectorStore {
  /** That tables are opened where the SNAPSHOT record says they live, whatever the configuration would choose. */
  readonly followsSnapshot?: boolean;
  /** Of the table, for the SNAPSHOT record: `file:///…`, `s3://…`, `https://…`. */
  uri(collection: string): string;
  /** Harmless when it exists with the same identity; `INDEX_EMBEDDING_MISMATCH` when with another. */
  create(
    collection: string,
    identity: EmbeddingIdentity,
  ): Promise<{ readonly version: number; readonly created: boolean }>;
  /** The version that the SNAPSHOT record names. */
  openReader(collection: string, identity: EmbeddingIdentity, version: number): Promise<IndexReader>;
  openWriter(collection: string, identity: EmbeddingIdentity): Promise<IndexWriter>;
  /** Removes a table that nothing names; harmless when there is none. */
  drop(collection: string): Promise<void>;
  close(): Promise<void>;
}
