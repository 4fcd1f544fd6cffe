import { defineConfig } from 'vitest/config';

/** Collection against a server that speaks AWS's protocols. */
export default defineConfig({
  test: {
    include: ['tests/aws/**/*.test.ts'],
    globalSetup: [
      '../../tools/testing/src/vitest/own-temporary-folder.ts',
      '../../tools/testing/src/aws-server/start-server-for-vitest.ts',
    ],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
