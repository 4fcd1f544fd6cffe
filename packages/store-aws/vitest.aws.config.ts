import { defineConfig } from 'vitest/config';

/** The contract suites, against a server that speaks AWS's protocols. */
export default defineConfig({
  test: {
    include: ['tests/aws/**/*.test.ts'],
    globalSetup: [
      '../../tools/testing/src/vitest/own-temporary-folder.ts',
      '../../tools/testing/src/aws-server/start-server-for-vitest.ts',
    ],
    // The queues' tests wait for real seconds most of the time.
    maxWorkers: 4,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
