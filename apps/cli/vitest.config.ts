import { defineConfig } from 'vitest/config';

// Tests write to a real disk, whose flush takes from 0.1 to 5 ms: the limits leave room for a slow and busy one.
export default defineConfig({
  test: {
    globalSetup: '../../tools/testing/src/vitest/own-temporary-folder.ts',
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
