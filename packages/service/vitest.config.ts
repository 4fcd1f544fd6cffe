import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { globalSetup: '../../tools/testing/src/vitest/own-temporary-folder.ts' } });
