import { defineConfig } from 'vitest/config';

/** The whole flow on the bundles and the agent, and its faults, on a server that speaks AWS's protocols. */
export default defineConfig({
  test: {
    include: ['tests/aws/**/*.test.ts'],
    globalSetup: [
      '../testing/src/vitest/own-temporary-folder.ts',
      '../testing/src/aws-server/start-server-for-vitest.ts',
    ],
    testTimeout: 700_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
