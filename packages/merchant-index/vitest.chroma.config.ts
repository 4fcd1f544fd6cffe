import { defineConfig } from 'vitest/config';

/** The vector store's contract, against a real Chroma server from PyPI (fetched on first use: Python 3 is needed). */
export default defineConfig({
  test: { include: ['tests/chroma/**/*.test.ts'], maxWorkers: 1, testTimeout: 60_000, hookTimeout: 60_000 },
});
