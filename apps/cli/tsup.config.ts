import { cp } from 'node:fs/promises';
import { defineConfig } from 'tsup';

const OCR = '../../packages/ocr';
const MODELS = '../../packages/ocr-models/models';

export default defineConfig({
  entry: {
    slipstream: 'src/slipstream.ts',
    // Images are read in processes of their own, which the bundle starts by this name.
    'ocr-child': `${OCR}/src/children/ocr-child.ts`,
  },
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
    await cp(MODELS, 'dist/models', { recursive: true });
    await cp(`${OCR}/notices`, 'dist/notices', { recursive: true });
  },
});
