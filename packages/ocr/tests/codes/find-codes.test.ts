import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { prepareZXingModule, type WriterOptions, writeBarcode } from 'zxing-wasm/full';
import { ReadingPool } from '../../src/children/reading-pool.ts';
import { codesOn } from '../../src/codes/find-codes.ts';
import { DocumentReader } from '../../src/engines/document-reader.ts';
import { NullEngine } from '../../src/engines/null-engine.ts';
import { drawPdf } from '../../testing/draw-pdf.ts';
import { blankPage, engineImage, NEVER, sampleBytes } from '../engines/sample-images.ts';

const PORTUGAL =
  'A:123456789*B:999999990*C:PT*D:FS*E:N*F:20260314*G:FS A/12*H:CSDF7T5H-12*N:2.30*O:12.30*Q:kLp0*R:9999';

beforeAll(async () => {
  const bytes = await readFile(fileURLToPath(import.meta.resolve('zxing-wasm/full/zxing_full.wasm')));
  const wasmBinary = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
});

/** A sheet with one code at (300, 500), turned by some degrees. */
async function sheetWith(payload: string, format: NonNullable<WriterOptions['format']>, turn = 0): Promise<Buffer> {
  const { image } = await writeBarcode(payload, { format, scale: 5 });
  if (image === null) throw new Error('no code was drawn');
  const code = Buffer.from(await image.arrayBuffer());
  const sheet = sharp({ create: { width: 1_000, height: 1_400, channels: 3, background: '#f4f2ec' } });
  const drawn = await sheet
    .composite([{ input: code, left: 300, top: 500 }])
    .png()
    .toBuffer();
  return sharp(drawn).rotate(turn, { background: '#888' }).jpeg({ quality: 80 }).toBuffer();
}

describe('codes on a picture', () => {
  it.each([
    ['QRCode', 'qr', PORTUGAL, 0],
    ['QRCode', 'qr', PORTUGAL, 12],
    ['QRCode', 'qr', 'ÄÖÜ 数量 12,30 €', 90],
    ['EAN13', 'ean13', '5901234123457', 0],
    ['EAN13', 'ean13', '5901234123457', 90],
    ['Code128', 'code128', 'FS-A/0012', 0],
    ['PDF417', 'pdf417', 'V0;1;Kassenbeleg-V1;Beleg^1.00', 0],
  ] as const)('%s is found: %s, %s, turned by %i degrees', async (format, kind, payload, turn) => {
    const codes = await codesOn(engineImage(await sheetWith(payload, format, turn)));
    expect(codes.map((code) => [code.kind, code.payload])).toEqual([[kind, payload]]);
  });

  it('stand where they were drawn', async () => {
    const [code] = await codesOn(engineImage(await sheetWith(PORTUGAL, 'QRCode')));
    const [topLeft, topRight, , bottomLeft] = code?.quad ?? [];
    expect(topLeft?.[0]).toBeGreaterThan(0.29);
    expect(topLeft?.[0]).toBeLessThan(0.33);
    expect(topLeft?.[1]).toBeGreaterThan(500 / 1_400 - 0.01);
    expect(topLeft?.[1]).toBeLessThan(500 / 1_400 + 0.03);
    expect(topRight?.[0]).toBeGreaterThan(topLeft?.[0] ?? 1);
    expect(bottomLeft?.[1]).toBeGreaterThan(topLeft?.[1] ?? 1);
  });

  it('are none on a blank page, nor in the print of a receipt', async () => {
    expect(await codesOn(engineImage(await blankPage()))).toEqual([]);
    expect(await codesOn(engineImage(await sampleBytes('us-diner')))).toEqual([]);
  });

  it('are read without asking any network', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    vi.resetModules();
    const fresh = await import('../../src/codes/find-codes.ts');
    await fresh.codesOn(engineImage(await sheetWith('5901234123457', 'EAN13')));
    expect(fetched).not.toHaveBeenCalled();
    fetched.mockRestore();
  });
});

describe('a document', { timeout: 60_000 }, () => {
  it('has the codes of each of its pages, whatever the engine', async () => {
    const pool = new ReadingPool({ size: 1, timeoutMs: 60_000 });
    const reader = new DocumentReader(new NullEngine(), pool);
    const one = await reader.recognise(engineImage(await sheetWith(PORTUGAL, 'QRCode')), NEVER);
    expect(one.codes?.map(({ page, payload }) => [page, payload])).toEqual([[0, PORTUGAL]]);
    const scan = (bytes: Buffer) => ({ width: 500, height: 700, jpeg: { bytes, width: 1_000, height: 1_400 } });
    const pages = [scan(await sheetWith('5901234123457', 'EAN13')), scan(await sheetWith(PORTUGAL, 'QRCode'))];
    const two = await reader.recognise(engineImage(drawPdf({ pages })), NEVER);
    expect(two.codes?.map(({ page, kind }) => [page, kind])).toEqual([
      [0, 'ean13'],
      [1, 'qr'],
    ]);
    expect(two.quality).toBeUndefined();
    await reader.close();
  });
});
