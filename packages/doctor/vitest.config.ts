import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: '../../tools/testing/src/vitest/own-temporary-folder.ts',
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/aws/**'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
