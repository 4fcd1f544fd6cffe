import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/program/slipstream-doctor.ts'],
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // Our own packages are sources and go into the bundle.
  noExternal: [/^@slipstream\//],
  removeNodeProtocol: false,
  sourcemap: true,
  clean: true,
});
