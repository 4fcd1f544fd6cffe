import { readFileSync } from 'node:fs';
import { parseDocument } from '@slipstream/receipt-parser';
import type { Receipt } from '@slipstream/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReadingPool } from '../../src/children/reading-pool.ts';
import { DocumentReader } from '../../src/engines/document-reader.ts';
import { NullEngine } from '../../src/engines/null-engine.ts';
import { type DrawnReceipt, drawReceipt, RECEIPTS } from '../../testing/drawn-pdf-receipts.ts';
import { engineImage, NEVER } from '../engines/sample-images.ts';

const READ_MS_MAX = 120_000;
const IMAGE_ID = '00000000-0000-5000-8000-000000000000';

describe("receipts from shops' mails, as PDF", { timeout: READ_MS_MAX }, () => {
  let reader: DocumentReader;
  beforeAll(() => {
    // Nothing of these has to be recognised: an engine that reads nothing proves it.
    reader = new DocumentReader(new NullEngine(), new ReadingPool({ size: 1, timeoutMs: READ_MS_MAX }));
  });
  afterAll(() => reader.close());

  it.each(RECEIPTS)('$name: every field is right', async (drawn) => {
    const document = await reader.recognise(engineImage(drawReceipt(drawn)), NEVER);
    expect(document.engine.level).toBe('text layer');
    const [receipt, ...others] = parseDocument(document, { image_id: IMAGE_ID });
    expect(others).toEqual([]);
    expect(valuesOf(receipt)).toEqual(drawn.expected);
  });
});

it('ships the notice of PDFium and of what is built into it', () => {
  const notice = readFileSync(new URL('../../notices/pdfium.txt', import.meta.url), 'utf8');
  for (const holder of ['The PDFium Authors', 'FreeType', 'OpenJPEG', 'libpng', 'Marti Maria', 'Apache License'])
    expect(notice).toContain(holder);
});

function valuesOf(receipt: Receipt | undefined): DrawnReceipt['expected'] {
  const value = (field: { readonly value: string } | null | undefined) => field?.value ?? null;
  return {
    merchant: value(receipt?.merchant.name),
    address: value(receipt?.merchant.address),
    date: value(receipt?.date),
    time: value(receipt?.time),
    currency: value(receipt?.currency),
    items: (receipt?.line_items ?? []).map(({ description, amount }) => [value(description), value(amount)]),
    subtotal: value(receipt?.subtotal),
    taxes: (receipt?.taxes ?? []).map(({ amount }) => value(amount)),
    total: value(receipt?.total),
    needs_review: receipt?.needs_review ?? true,
  };
}
