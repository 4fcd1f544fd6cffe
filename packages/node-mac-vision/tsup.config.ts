import { join } from 'node:path';
import { defineConfig } from 'tsup';

/** Whatever the working folder is. */
const HERE = import.meta.dirname;

export default defineConfig({
  entry: { index: join(HERE, 'src/index.ts'), 'isolated-child': join(HERE, 'src/isolated/child.ts') },
  outDir: join(HERE, 'dist'),
  format: 'esm',
  platform: 'node',
  target: 'node22',
  clean: true,
  // One file to load for who imports the package.
  splitting: false,
  // The declarations come from tsc, which is the one that checks them: see the script `build`.
  dts: false,
});
