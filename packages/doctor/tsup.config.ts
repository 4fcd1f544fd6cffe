import { join } from 'node:path';
import { defineConfig } from 'tsup';

/** Whatever the working folder is. */
const HERE = import.meta.dirname;

export default defineConfig({
  entry: [join(HERE, 'src/program/slipstream-doctor.ts')],
  outDir: join(HERE, 'dist'),
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // Our own packages are sources and go into the bundle.
  noExternal: [/^@slipstream\//],
  removeNodeProtocol: false,
  sourcemap: true,
  clean: true,
});
