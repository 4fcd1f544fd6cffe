import { defineConfig } from 'vitest/config';

// Some tests start Terraform or synthesise hundreds of stacks on a busy machine.
export default defineConfig({ test: { testTimeout: 60_000, hookTimeout: 60_000 } });
