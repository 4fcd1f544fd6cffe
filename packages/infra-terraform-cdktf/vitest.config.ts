import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: '../../tools/testing/src/vitest/own-temporary-folder.ts',
    // Some tests start Terraform, or synthesise stacks on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Importing cdktn and the provider's classes takes longer than the tests; they keep no state between files.
    isolate: false,
  },
});
