import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** A page loads it before it shows anything. */
const GZIP_BYTES_MAX = 30_000;

/** esbuild refuses Node's modules for a browser, whatever imports them. */
async function bundleForBrowser(source: string): Promise<string> {
  const bundled = await build({
    stdin: { contents: source, resolveDir: file('../src'), loader: 'ts' },
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'shared',
    target: 'es2024',
    write: false,
    logLevel: 'silent',
  });
  return bundled.outputFiles[0]?.text ?? '';
}

it('runs in a browser: without Node modules, Buffer or process', async () => {
  const code = await bundleForBrowser("export * from './index.ts';");
  // What a page has of its own and a bare context lacks.
  const page = createContext({ TextEncoder, TextDecoder, URL, crypto, setTimeout, clearTimeout, performance });
  const receipt = JSON.parse(readFileSync(file('../golden/receipt.json'), 'utf8'));
  const result = runInContext(
    `${code}; [shared.receiptSchema.parse(receipt).image_id, shared.utf8Bytes('€'), shared.imageIdOf('ab')]`,
    Object.assign(page, { receipt }),
  );
  expect([...result]).toEqual([receipt.image_id, 3, expect.stringMatching(/^[0-9a-f-]{36}$/)]);
});

it(`the receipt's schema weighs at most ${GZIP_BYTES_MAX / 1_000} KB, compressed`, async () => {
  const code = await bundleForBrowser("export { receiptSchema } from './index.ts';");
  expect(gzipSync(code).length).toBeLessThan(GZIP_BYTES_MAX);
});
