import { requireSetting, type Settings } from '@slipstream/runtime';
import { createOpenAiModel, type OpenAiOptions } from './model/openai-model.ts';
import type { Reviewer } from './review-receipt.ts';

export const REVIEWER_SETTINGS = [
  'openai_model',
  'openai_base_url',
  'model_calls_per_day',
  'model_tokens_per_day',
] as const;

/** The reviewer that the settings describe. */
export function createReviewer(
  settings: Pick<Settings, (typeof REVIEWER_SETTINGS)[number]>,
  apiKey: OpenAiOptions['apiKey'],
): Reviewer {
  return {
    model: createOpenAiModel({
      apiKey,
      model: requireSetting('openai_model', settings.openai_model),
      base_url: requireSetting('openai_base_url', settings.openai_base_url),
    }),
    calls_per_day: settings.model_calls_per_day,
    tokens_per_day: settings.model_tokens_per_day,
  };
}
