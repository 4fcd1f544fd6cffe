import type { Budgets } from '@slipstream/records';
import { requireSetting, type Settings } from '@slipstream/runtime';
import type { Embedder } from './embedder.ts';
import { createLocalEmbedder } from './local-embedder.ts';
import { createOpenAiEmbedder, type OpenAiEmbedderOptions } from './openai-embedder.ts';

export const EMBEDDING_SETTINGS = [
  'embedding_provider',
  'embedding_model',
  'embedding_dimensions',
  'embedding_tokens_per_day',
  'openai_base_url',
] as const;

/** The embedder that the settings describe. */
export function openEmbedder(
  settings: Pick<Settings, (typeof EMBEDDING_SETTINGS)[number]>,
  {
    apiKey,
    budgets,
  }: { readonly apiKey: OpenAiEmbedderOptions['apiKey']; readonly budgets: Pick<Budgets, 'spend' | 'correct'> },
): Embedder {
  switch (settings.embedding_provider) {
    case 'local':
      return createLocalEmbedder();
    case 'openai':
      return createOpenAiEmbedder({
        apiKey,
        budgets,
        base_url: requireSetting('openai_base_url', settings.openai_base_url),
        model: requireSetting('embedding_model', settings.embedding_model),
        dimensions: settings.embedding_dimensions,
        tokens_per_day: settings.embedding_tokens_per_day,
      });
  }
}
