import { defineConfig } from 'vitest/config';

// Tests start the program many times and write to a real disk: the limits leave room for a slow and busy machine.
export default defineConfig({
  test: {
    globalSetup: '../../tools/testing/src/vitest/own-temporary-folder.ts',
    testTimeout: 60_000,
    hookTimeout: 30_000,
  },
});
