import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { globalSetup: './tests/native/build-fakes.ts', include: ['tests/**/*.test.ts'] },
});
