import { SlipstreamError } from '@slipstream/shared';
import { howToSet, type Settings } from './load-settings.ts';

/** What the merchant index can hold: visual rows of receipts and, by configuration, their words. */
export const INDEX_COLLECTIONS = ['lines', 'words'] as const;
export type IndexCollection = (typeof INDEX_COLLECTIONS)[number];

/** What describes the merchant index: where it is, what it holds, and what makes its vectors. */
export const INDEX_SETTINGS = [
  'vector_store',
  'vector_storage_mode',
  'index_mount_path',
  'chroma_url',
  'chroma_tenant',
  'chroma_database',
  'index_collections',
  'embedding_provider',
  'embedding_model',
  'embedding_dimensions',
  'embedding_tokens_per_day',
  'openai_base_url',
] as const;

/** The collections that are kept; none without a vector store. */
export function indexCollections(
  settings: Pick<Settings, (typeof INDEX_SETTINGS)[number]>,
): readonly IndexCollection[] {
  if (settings.vector_store === 'none') return [];
  return settings.index_collections.map((name) => {
    const known = INDEX_COLLECTIONS.find((collection) => collection === name);
    if (known) return known;
    const message = `There is no collection ${name}, only ${INDEX_COLLECTIONS.join(' and ')}. ${howToSet('index_collections')}`;
    throw new SlipstreamError('CONFIGURATION_INVALID', message, { details: { setting: 'index_collections' } });
  });
}
