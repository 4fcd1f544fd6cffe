import { defineConfig } from 'vitest/config';

// Some tests start processes on a busy machine.
export default defineConfig({
  test: {
    globalSetup: '../../tools/testing/src/vitest/own-temporary-folder.ts',
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
