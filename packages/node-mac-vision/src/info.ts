import { loadAddon } from './load-addon.ts';
import type { Info } from './types.ts';

/** Whether Vision can be used in this process; never throws. */
export function describeAddon(): Info {
  const loaded = loadAddon();
  if ('reason' in loaded) return { available: false, reason: loaded.reason };
  try {
    return { available: true, ...loaded.addon.describe(), addon: loaded.path };
  } catch (error) {
    return { available: false, reason: `Vision does not answer: ${error instanceof Error ? error.message : error}` };
  }
}
