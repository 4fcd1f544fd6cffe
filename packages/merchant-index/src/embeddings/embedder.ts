import type { EmbeddingIdentity } from '../index/vector-index.ts';

/** Texts to vectors of length 1. The same text gives the same vector. */
export interface Embedder {
  readonly identity: EmbeddingIdentity;
  /** One vector a text, in order. `retry: 'later'` errors when the provider cannot be reached or the day's budget is used up. */
  embed(texts: readonly string[], options?: { readonly signal?: AbortSignal }): Promise<readonly Float32Array[]>;
}
