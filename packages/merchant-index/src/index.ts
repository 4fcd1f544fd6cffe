export {
  type CompactionOptions,
  compactCollection,
  MESSAGES_PER_MERGE_MAX,
} from './compaction/compact-collection.ts';
export type { CompactionPorts } from './compaction/compaction-ports.ts';
export { initIndex } from './compaction/init-index.ts';
export { TOMBSTONE_LIFETIME_MS } from './compaction/lifetimes.ts';
export type { MessageOutcome } from './compaction/merge-messages.ts';
export { metadataOf } from './compaction/receipt-truth.ts';
export { withWriterLease } from './compaction/with-writer-lease.ts';
export { decodeDelta } from './deltas/decode-delta.ts';
export { DELTA_BYTES_MAX, type Delta, type DeltaRow } from './deltas/delta.ts';
export { encodeDelta } from './deltas/encode-delta.ts';
export type { Embedder } from './embeddings/embedder.ts';
export { type IndexedText, indexedTexts } from './embeddings/indexed-texts.ts';
export { createLocalEmbedder } from './embeddings/local-embedder.ts';
export { EMBEDDING_SETTINGS, openEmbedder } from './embeddings/open-embedder.ts';
export { createOpenAiEmbedder, EMBEDDING_BUDGET, type OpenAiEmbedderOptions } from './embeddings/openai-embedder.ts';
export { type ChromaStoreOptions, openChromaStore } from './index/chroma/chroma-store.ts';
export { type MovedIndex, type MoveIndexOptions, moveIndex } from './index/homes/move-index.ts';
export { type IndexStoreOptions, openIndexStore, type StorageMode } from './index/homes/open-index-store.ts';
export * from './index/homes/stack-vectors.ts';
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
export { createMerchantMemory, type MerchantMemory, type MerchantMemoryOptions } from './merchant-memory.ts';
export type { KnownMerchant } from './resolver/candidate.ts';
export { type ExactKey, keyId, type MerchantKey } from './resolver/merchant-key.ts';
export { searchGooglePlaces } from './resolver/places/google-places.ts';
export { openPlaces, PLACES_SETTINGS } from './resolver/places/open-places.ts';
export { createPlaceDirectory, type FindPlace, PLACES_BUDGET } from './resolver/places/place-directory.ts';
export { createResolverPorts, type ResolverSources, type SharedPorts } from './resolver/repository-ports.ts';
export { assigned, type Resolution, type Tier } from './resolver/resolution.ts';
export { resolveMerchant } from './resolver/resolve-merchant.ts';
export type { ResolverPorts, SearchHits } from './resolver/resolver-ports.ts';
export { keysOf, type Sighting, sightingOf } from './resolver/sighting.ts';
export { type IndexStatus, indexStatus } from './upkeep/index-status.ts';
export { type RebuildPorts, type RebuiltIndex, rebuildIndex } from './upkeep/rebuild-index.ts';
export type { ReceiptSource } from './upkeep/receipt-source.ts';
export { type IndexComparison, isDifferent, verifyIndex } from './upkeep/verify-index.ts';
