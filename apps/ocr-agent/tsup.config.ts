import { existsSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { defineConfig } from 'tsup';

/** Whatever the working folder is. */
const HERE = import.meta.dirname;
const ADDON = join(HERE, '../../packages/node-mac-vision');
const OCR = join(HERE, '../../packages/ocr');
const MODELS = join(HERE, '../../packages/ocr-models/models');
const DIST = join(HERE, 'dist');

const OUTSIDE = [
  'sharp',
  'tesseract.js',
  '@tesseract.js-data/eng',
  'onnxruntime-node',
  'onnxruntime-web',
  '@hyzyla/pdfium',
  'zxing-wasm',
];

export default defineConfig({
  entry: {
    'receipt-ocr': join(HERE, 'src/receipt-ocr.ts'),
    // Apple Vision runs in a process of its own, which the bundle starts by this name.
    'isolated-child': `${ADDON}/src/isolated/child.ts`,
    // Images are read in processes of their own, which the bundle starts by this name.
    'ocr-child': `${OCR}/src/children/ocr-child.ts`,
  },
  outDir: DIST,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // Everything goes into the bundle but what is native or loads files beside itself: those are copied by `install`.
  noExternal: [new RegExp(`^(?!(?:${OUTSIDE.join('|')})(?:/|$))`)],
  external: OUTSIDE,
  // node:sqlite has no name without the prefix.
  removeNodeProtocol: false,
  // CommonJS packages in an ES module still ask for require.
  banner: {
    js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);",
  },
  sourcemap: true,
  clean: true,
  onSuccess: async () => {
    await copyAddon();
    await cp(MODELS, join(DIST, 'models'), { recursive: true });
    await cp(`${OCR}/notices`, join(DIST, 'notices'), { recursive: true });
  },
});

/** The addon is looked for beside the bundle's folder; on machines that have not built it there is none. */
async function copyAddon(): Promise<void> {
  const place = `prebuilds/darwin-${process.arch}`;
  const built = [`${ADDON}/${place}/mac_vision.node`, `${ADDON}/build/Release/mac_vision.node`].find(existsSync);
  if (built === undefined || process.platform !== 'darwin') return;
  await mkdir(join(HERE, place), { recursive: true });
  await cp(built, join(HERE, place, 'mac_vision.node'));
}
