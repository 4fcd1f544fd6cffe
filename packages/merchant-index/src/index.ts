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
export type {
  EmbeddingIdentity,
  IndexReader,
  IndexWriter,
  MergeResult,
  SearchHit,
  VectorStore,
} from './index/vector-index.ts';
