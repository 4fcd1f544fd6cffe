import { describe, expect, it } from 'vitest';
import { findAddon, type Machine } from '../../src/find-addon.ts';

const MAC: Machine = { platform: 'darwin', arch: 'arm64', release: '23.6.0', override: undefined, exists: () => true };

describe('finding the addon', () => {
  it('prefers the one that was shipped to the one that was built', () => {
    expect(findAddon(MAC)).toEqual({ path: expect.stringMatching(/prebuilds\/darwin-arm64\/mac_vision\.node$/) });
    const built = findAddon({ ...MAC, exists: (path) => path.includes('build/Release') });
    expect(built).toEqual({ path: expect.stringMatching(/node-mac-vision\/build\/Release\/mac_vision\.node$/) });
  });

  it.each<[Partial<Machine>, RegExp]>([
    [{ platform: 'linux' }, /part of macOS; this is linux/],
    [{ platform: 'win32' }, /this is win32/],
    [{ release: '21.6.0' }, /macOS 13 or later/],
    [{ arch: 'ia32' }, /no addon for ia32/],
    [{ exists: () => false }, /npm run build:native/],
    [{ override: '/somewhere/else.node', exists: () => false }, /names no file: \/somewhere\/else\.node/],
  ])('says why there is none: %o', (difference, reason) => {
    expect(findAddon({ ...MAC, ...difference })).toEqual({ reason: expect.stringMatching(reason) });
  });

  it('an addon that is named is taken on any platform', () => {
    expect(findAddon({ ...MAC, platform: 'linux', override: '/built/here.node' })).toEqual({
      path: '/built/here.node',
    });
  });
});
