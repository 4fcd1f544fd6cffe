import { configDefaults, defineConfig } from 'vitest/config';

/** `npm run test:chroma` runs the tests that need a Chroma server. */
export default defineConfig({
  test: {
    globalSetup: '../../tools/testing/src/vitest/own-temporary-folder.ts',
    exclude: [...configDefaults.exclude, 'tests/chroma/**'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
