import { builtins } from './builtins.ts';
import { findAddon } from './find-addon.ts';
import { MacVisionError } from './mac-vision-error.ts';
import type { NativeAddon } from './native-addon.ts';

export type LoadedAddon = { path: string; addon: NativeAddon } | { reason: string };

let loaded: LoadedAddon | undefined;

/** The native addon, loaded on first use, or the reason why there is none. */
export function loadAddon(): LoadedAddon {
  loaded ??= load();
  return loaded;
}

/** The native addon; throws `unavailable`. */
export function requireAddon(): NativeAddon {
  const found = loadAddon();
  if ('addon' in found) return found.addon;
  throw new MacVisionError('unavailable', `Apple Vision is unavailable: ${found.reason}`);
}

function load(): LoadedAddon {
  const found = findAddon();
  if ('reason' in found) return found;
  try {
    const addon: NativeAddon = builtins.module().createRequire(import.meta.url)(found.path);
    return { path: found.path, addon };
  } catch (error) {
    return { reason: `${found.path} cannot be loaded: ${error instanceof Error ? error.message : String(error)}` };
  }
}
