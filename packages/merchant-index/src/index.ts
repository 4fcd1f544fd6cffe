export { decodeDelta } from './deltas/decode-delta.ts';
export { DELTA_BYTES_MAX, type Delta, type DeltaRow } from './deltas/delta.ts';
export { encodeDelta } from './deltas/encode-delta.ts';
export type { Embedder } from './embeddings/embedder.ts';
export { createLocalEmbedder } from './embeddings/local-embedder.ts';
export {
  COLLECTIONS,
  type Collection,
  type IndexRow,
  indexRowId,
  type ReceiptKey,
  type RowMetadata,
} from './index/index-row.ts';
export { type LanceStoreOptions, openLanceStore } from './index/lance/lance-store.ts';
export { newestRows } from './index/newest-rows.ts';
export type {
  EmbeddingIdentity,
  IndexReader,
  IndexWriter,
  MergeResult,
  SearchHit,
  VectorStore,
} from './index/vector-index.ts';
