import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['../../tools/testing/src/vitest/own-temporary-folder.ts', './tests/native/build-fakes.ts'],
    include: ['tests/**/*.test.ts'],
    // Some tests start processes, or the compiler, on a busy machine.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
