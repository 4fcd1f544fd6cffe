import { parseDocument } from '@slipstream/receipt-parser';
import { checkImage, inspectImage, sha256Hex } from '@slipstream/runtime';
import { ocrDocumentSchema } from '@slipstream/shared';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReadingPool } from '../../src/children/reading-pool.ts';
import { DocumentReader } from '../../src/engines/document-reader.ts';
import { PpocrEngine } from '../../src/engines/ppocr/index.ts';
import { openFile } from '../../src/pages/open-file.ts';
import { ciiInvoice, DRAWN, ublInvoice } from '../../testing/draw-invoice.ts';
import { type DrawnPage, drawPdf } from '../../testing/draw-pdf.ts';
import { engineImage, NEVER, sampleBytes } from '../engines/sample-images.ts';

const READ_MS_MAX = 120_000;
const IMAGE_ID = '00000000-0000-5000-8000-000000000000';

/** A shop's receipt as its mail has it: rows of text, the amounts in a column of their own. */
function textPage(items: readonly (readonly [string, string])[], head = true, foot: string | null = null): DrawnPage {
  const rows: (readonly [string, string])[] = [
    ...(head
      ? ([
          ['Kaffeehaus Morgenrot', ''],
          ['Seeweg 12, 00002 Lindental', ''],
          ['03.02.2026 14:05', ''],
        ] as const)
      : []),
    ...items,
    ...(foot === null ? [] : ([['TOTAL', foot]] as const)),
  ];
  const texts = rows.flatMap(([left, right], row) => [
    { text: left, x: 20, y: 30 + row * 16 },
    ...(right === '' ? [] : [{ text: right.padStart(8), x: 200, y: 30 + row * 16 }]),
  ]);
  return { width: 280, height: 400, texts };
}
const ITEMS = [
  ['Espresso', '2.80'],
  ['Apfelstrudel', '5.40'],
] as const;

describe('a PDF', { timeout: READ_MS_MAX }, () => {
  it('with text gives it as lines, with the boxes of its letters', async () => {
    const { pages } = await openFile(engineImage(drawPdf({ pages: [textPage(ITEMS, true, '8.20')] })));
    const [page] = pages;
    expect(page?.lines?.map(({ text }) => text)).toEqual([
      'Kaffeehaus Morgenrot',
      'Seeweg 12, 00002 Lindental',
      '03.02.2026 14:05',
      'Espresso',
      '2.80',
      'Apfelstrudel',
      '5.40',
      'TOTAL',
      '8.20',
    ]);
    const quad = page?.lines?.[0]?.quad;
    // Courier is 0.6 em wide: 20 letters of 10 points from x = 20, on a baseline at y = 30.
    expect(quad?.[0][0]).toBeCloseTo(20 / 280, 2);
    expect(quad?.[1][0]).toBeCloseTo((20 + 120) / 280, 2);
    expect(quad?.[2][1]).toBeCloseTo(30 / 400, 1);
  });

  it.each([90, 180, 270] as const)('turned by %i degrees gives its text upright', async (rotate) => {
    const { pages } = await openFile(engineImage(drawPdf({ pages: [{ ...textPage(ITEMS, true, '8.20'), rotate }] })));
    const [page] = pages;
    expect(page && page.width > page.height).toBe(rotate !== 180);
    for (const { quad } of page?.lines ?? []) {
      for (const [x, y] of quad) expect(x >= 0 && x <= 1 && y >= 0 && y <= 1).toBe(true);
    }
  });

  it('that is protected, damaged or too long is refused, each with its reason', async () => {
    const page = textPage(ITEMS);
    const codeOf = (bytes: Uint8Array) =>
      openFile(engineImage(bytes)).then(
        () => 'read',
        ({ code, message }) => `${code} ${message}`,
      );
    expect(await codeOf(drawPdf({ pages: [page], encrypted: true }))).toMatch(/^IMAGE_ENCRYPTED .*password/);
    expect(await codeOf(drawPdf({ pages: Array.from({ length: 21 }, () => page) }))).toMatch(
      /^IMAGE_PAGES_EXCEEDED .*21 pages/,
    );
    expect(await codeOf(Buffer.from('%PDF-1.7\nnothing'))).toMatch(/^IMAGE_UNREADABLE .*PDF/);
  });

  it('with an e-invoice in it says what that says', async () => {
    const attachment = { name: 'factur-x.xml', bytes: new TextEncoder().encode(ciiInvoice()) };
    const { invoice, pages } = await openFile(engineImage(drawPdf({ pages: [textPage(ITEMS)], attachment })));
    expect(invoice).toMatchObject({ number: DRAWN.number, total: DRAWN.total });
    expect(pages).toHaveLength(1);
    const broken = { name: 'factur-x.xml', bytes: new TextEncoder().encode('<Invoice>') };
    expect(await openFile(engineImage(drawPdf({ pages: [textPage(ITEMS)], attachment: broken })))).toMatchObject({
      invoice: null,
    });
  });
});

describe('a file of any kind, read by an engine', { timeout: READ_MS_MAX }, () => {
  let reader: DocumentReader;
  beforeAll(() => {
    const pool = new ReadingPool({ size: 1, timeoutMs: READ_MS_MAX });
    reader = new DocumentReader(new PpocrEngine(pool, { languages: [], script: 'latin' }), pool);
  });
  afterAll(() => reader.close());

  async function read(bytes: Uint8Array) {
    const document = await reader.recognise(engineImage(bytes), NEVER);
    expect(ocrDocumentSchema.parse(document)).toEqual(document);
    return { document, receipts: parseDocument(document, { image_id: IMAGE_ID }) };
  }

  it('a PDF with text needs no reading; its receipt is right', async () => {
    const { document, receipts } = await read(drawPdf({ pages: [textPage(ITEMS, true, '8.20')] }));
    expect(document.engine).toMatchObject({ name: 'document', level: 'text layer' });
    expect(receipts).toHaveLength(1);
    expect(receipts[0]).toMatchObject({ total: { value: '8.20' }, date: { value: '2026-02-03' } });
    expect(receipts[0]?.line_items.map(({ amount }) => amount?.value)).toEqual(['2.80', '5.40']);
  });

  it('a receipt of several pages is one, and its words say on which page they stand', async () => {
    const pages = [textPage(ITEMS), textPage([['Wasser', '3.10']], false, '11.30')];
    const { document, receipts } = await read(drawPdf({ pages }));
    expect(document.pages).toHaveLength(2);
    expect(new Set(document.lines.map(({ page }) => page ?? 0))).toEqual(new Set([0, 1]));
    expect(receipts).toHaveLength(1);
    expect(receipts[0]).toMatchObject({ total: { value: '11.30' } });
    expect(receipts[0]?.line_items).toHaveLength(3);
    const [[line = -1] = []] = receipts[0]?.total?.words ?? [];
    expect(document.lines[line]?.page).toBe(1);
  });

  it('a PDF that is a scan is read from its picture', async () => {
    const jpeg = await sharp(await sampleBytes('us-diner')).toBuffer();
    const { width, height } = inspectImage(jpeg);
    const { document, receipts } = await read(
      drawPdf({ pages: [{ width: width / 3, height: height / 3, jpeg: { bytes: jpeg, width, height } }] }),
    );
    expect(document.engine.name).toBe('ppocr');
    expect(receipts[0]?.merchant.name?.value).toMatch(/blue lantern/i);
  });

  it.each(['avif', 'gif', 'tiff', 'bmp'] as const)('a %s is read like a photograph', async (type) => {
    const picture = sharp(await sampleBytes('us-diner'));
    const bytes = type === 'bmp' ? await bmpOf(picture) : await picture.toFormat(type).toBuffer();
    const { document } = await read(bytes);
    expect(inspectImage(bytes).type).toBe(type);
    expect(document.lines.map(({ text }) => text).join(' ')).toContain('Harbor Street');
  });

  it('an e-invoice alone is a document without lines', async () => {
    const { document, receipts } = await read(new TextEncoder().encode(ublInvoice()));
    expect(document.lines).toEqual([]);
    expect(receipts[0]).toMatchObject({ total: { value: DRAWN.total, source: 'invoice' } });
  });
});

describe('the door', () => {
  it('counts the pages of TIFF and GIF, and refuses more than are read', async () => {
    const frames = async (count: number) => {
      const pixels = Buffer.alloc(10 * 10 * 3 * count, 7);
      for (let i = 0; i < pixels.length; i += 1) pixels[i] = Math.floor(i / 300) * 9;
      return sharp(pixels, { raw: { width: 10, height: 10 * count, channels: 3, pageHeight: 10 } });
    };
    const three = await (await frames(3)).gif({ keepDuplicateFrames: true }).toBuffer();
    expect(checkImage(three)).toMatchObject({ type: 'gif', width: 10, height: 10, pages: 3 });
    const many = await (await frames(25)).gif({ keepDuplicateFrames: true }).toBuffer();
    expect(() => checkImage(many)).toThrow(expect.objectContaining({ code: 'IMAGE_PAGES_EXCEEDED' }));
    const tiff = await (await frames(2)).tiff().toBuffer();
    expect(checkImage(tiff)).toMatchObject({ type: 'tiff', pages: 2 });
    const image = { image_id: 'x', bytes: tiff, sha256: sha256Hex(tiff), ...checkImage(tiff) };
    expect((await openFile(image)).pages).toHaveLength(2);
  });
});

async function bmpOf(picture: Sharp): Promise<Uint8Array> {
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const rowBytes = Math.ceil((width * 24) / 32) * 4;
  const file = Buffer.alloc(54 + rowBytes * height);
  file.write('BM', 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [from, to] = [(y * width + x) * 3, 54 + (height - 1 - y) * rowBytes + x * 3];
      for (let c = 0; c < 3; c += 1) file[to + c] = data[from + 2 - c] ?? 0;
    }
  }
  return file;
}
