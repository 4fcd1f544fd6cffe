import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: '../../tools/testing/src/vitest/own-temporary-folder.ts',
    // Each write is flushed to a disk that other programs use, too.
    testTimeout: 30_000,
  },
});
