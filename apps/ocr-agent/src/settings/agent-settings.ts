import type { ImageLimits, SettingKey, Settings } from '@slipstream/runtime';
import { HOME_SETTINGS } from '../home/agent-home.ts';

/** How images are read, wherever they come from. */
const ENGINE_SETTINGS = [
  'engine',
  'languages',
  'concurrency',
  'ocr_timeout_s',
  'image_bytes_max',
  'image_pixels_max',
] as const satisfies readonly SettingKey[];

/** Everything that `receipt-ocr` can be told; a service is installed with the same. */
export const AGENT_SETTINGS = [
  ...HOME_SETTINGS,
  ...ENGINE_SETTINGS,
  'continuous',
  'awake',
  'visibility_timeout_s',
  'log_level',
] as const satisfies readonly SettingKey[];

export type AgentSettings = Pick<Settings, (typeof AGENT_SETTINGS)[number]>;
export type EngineSettings = Pick<Settings, (typeof ENGINE_SETTINGS)[number]>;

export function imageLimits(settings: EngineSettings): ImageLimits {
  return { bytesMax: settings.image_bytes_max, pixelsMax: settings.image_pixels_max };
}

export function engineOptions({ languages, concurrency, ocr_timeout_s }: EngineSettings) {
  return { languages, concurrency, timeoutMs: ocr_timeout_s * 1_000 };
}
