import { builtins } from './builtins.ts';

/** Where an addon stands that was built elsewhere; it is loaded on any platform, as the tests do. */
export const ADDON_VARIABLE = 'NODE_MAC_VISION_ADDON';

/** macOS 13, whose Darwin is 22: the oldest that the addon is built for. */
const DARWIN_MAJOR_MIN = 22;
const ARCHITECTURES = ['arm64', 'x64'];

export type FoundAddon = { path: string } | { reason: string };

export interface Machine {
  platform: string;
  arch: string;
  /** Kernel version, such as `23.6.0`. */
  release: string;
  /** The value of NODE_MAC_VISION_ADDON. */
  override: string | undefined;
  exists(path: string): boolean;
}

function thisMachine(): Machine {
  const { platform, arch, env } = process;
  const { existsSync } = builtins.fs();
  return { platform, arch, release: builtins.os().release(), override: env[ADDON_VARIABLE], exists: existsSync };
}

/** The addon's file, or the reason why Vision cannot be used on this machine. */
export function findAddon(machine: Machine = thisMachine()): FoundAddon {
  const { platform, arch, override } = machine;
  if (override) {
    return machine.exists(override) ? { path: override } : { reason: `${ADDON_VARIABLE} names no file: ${override}` };
  }
  if (platform !== 'darwin') return { reason: `Apple Vision is part of macOS; this is ${platform}` };
  if (Number.parseInt(machine.release, 10) < DARWIN_MAJOR_MIN) return { reason: 'macOS 13 or later is needed' };
  if (!ARCHITECTURES.includes(arch)) return { reason: `there is no addon for ${arch}, only for arm64 and x64` };
  // One folder up both from src/ and from dist/.
  const candidates = [`../prebuilds/darwin-${arch}/mac_vision.node`, '../build/Release/mac_vision.node'];
  const { fileURLToPath } = builtins.url();
  const path = candidates.map((file) => fileURLToPath(new URL(file, import.meta.url))).find(machine.exists);
  if (path) return { path };
  return { reason: 'the native addon is not built; run `npm run build:native` in node-mac-vision' };
}
