import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { defineConfig } from 'tsup';

/** Whatever the working folder is. */
const HERE = import.meta.dirname;
const OCR = join(HERE, '../../packages/ocr');
const CATALOGUE = '../../packages/catalogue/src/sqlite';
const MODELS = join(HERE, '../../packages/ocr-models/models');
const CONSOLE = join(HERE, '../console/dist');
const DIST = join(HERE, 'dist');

export default defineConfig({
  entry: {
    slipstream: join(HERE, 'src/slipstream.ts'),
    // Images are read in processes of their own, which the bundle starts by this name.
    'ocr-child': `${OCR}/src/children/ocr-child.ts`,
    // The catalogue's thread, and the process of a query.
    'catalogue-thread': `${CATALOGUE}/thread/catalogue-thread.ts`,
    'sql-child': `${CATALOGUE}/sql/sql-child.ts`,
  },
  outDir: DIST,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // Our own packages are sources and go into the bundle; what is native or loads files beside itself stays outside.
  noExternal: [/^@slipstream\//],
  external: [
    'sharp',
    'tesseract.js',
    'node-mac-vision',
    'onnxruntime-node',
    'onnxruntime-web',
    '@hyzyla/pdfium',
    'zxing-wasm',
  ],
  // node:sqlite has no name without the prefix.
  removeNodeProtocol: false,
  // CommonJS packages in an ES module still ask for require.
  banner: {
    js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);",
  },
  sourcemap: true,
  clean: true,
  onSuccess: async () => {
    await cp(MODELS, join(DIST, 'models'), { recursive: true });
    await cp(`${OCR}/notices`, join(DIST, 'notices'), { recursive: true });
    // turbo builds it first; built alone, the program says that its page is missing.
    if (existsSync(CONSOLE)) await cp(CONSOLE, join(DIST, 'console'), { recursive: true });
  },
});
