import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { SlipstreamError } from '@slipstream/shared';
import type { readBarcodes } from 'zxing-wasm/reader';

export interface Zxing {
  readonly readBarcodes: typeof readBarcodes;
}

let loading: Promise<Zxing> | undefined;

/**
 * ZXing in WebAssembly, loaded once a process, from the package's own file: left to itself it would fetch that from a
 * content network. ENGINE_UNAVAILABLE where the package is not whole.
 */
export function loadZxing(): Promise<Zxing> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Zxing> {
  try {
    const { prepareZXingModule, readBarcodes: read } = await import('zxing-wasm/reader');
    const bytes = await readFile(fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')));
    const wasmBinary = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
    return { readBarcodes: read };
  } catch (cause) {
    throw new SlipstreamError('ENGINE_UNAVAILABLE', 'The reader of bar codes cannot be loaded: run npm ci.', { cause });
  }
}
