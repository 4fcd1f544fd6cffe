import { tooManyPages } from '@slipstream/runtime';
import { type Invoice, OCR_PAGES_MAX, type OcrLine, SlipstreamError } from '@slipstream/shared';
import sharp, { type Sharp } from 'sharp';
import { readInvoice } from '../invoices/read-invoice.ts';
import { arrangePage } from '../layout/arrange-page.ts';
import type { OpenedFile, PageContent } from './page-content.ts';
import { pageText, toDevice } from './pdf-text.ts';
import { loadPdfium, type Pdfium, withMemory } from './pdfium.ts';
import { pageOf } from './picture-pages.ts';

/** fpdfview.h: FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY. */
const PROTECTED = [4, 5];
/** Pixels a point (1/72 inch): 200 dpi, at which receipts and A4 pages are read well. */
const SCALE = 200 / 72;
const PAGE_PIXELS_MAX = 12_000_000;
const PAGE_SIDE_PX_MAX = 12_000;
const BGRA = 4;
const WHITE = 0xffffffff;
/** FPDF_ANNOT: stamps and filled-in forms belong to what is seen. */
const WITH_ANNOTATIONS = 1;
const IMAGE_OBJECT = 3;
/** A picture over more of the page than this is a scan; text over it is some other program's reading of it. */
const SCAN_SHARE_MIN = 0.6;
const OBJECTS_MAX = 5_000;
const ATTACHMENT_BYTES_MAX = 5_000_000;
const ATTACHMENTS_MAX = 50;

/**
 * The pages of a PDF: the text that it gives, else a picture to be read; and the e-invoice in it. IMAGE_ENCRYPTED,
 * IMAGE_PAGES_EXCEEDED, or IMAGE_UNREADABLE.
 */
export function pdfPages(bytes: Uint8Array): Promise<OpenedFile> {
  return withDocument(bytes, async (pdfium, document, count) => {
    const invoice = embeddedInvoice(pdfium, document);
    const pages: PageContent[] = [];
    for (let index = 0; index < count; index += 1)
      pages.push(await readPage(pdfium, document, index, invoice !== null));
    return { pages, invoice };
  });
}

/** Each page drawn with at most so many pixels, one after the other. Throws as `pdfPages` does. */
export function drawPdfPages<T>(
  bytes: Uint8Array,
  pixels_max: number,
  finish: (page: Sharp) => Promise<T>,
): Promise<T[]> {
  return withDocument(bytes, async (pdfium, document, count) => {
    const drawn: T[] = [];
    for (let index = 0; index < count; index += 1) {
      const picture = await withPage(pdfium, document, index, (page, size) => {
        const scale = Math.min(1, Math.sqrt(pixels_max / (size.width * size.height)));
        const [width, height] = [size.width, size.height].map((side) => Math.max(1, Math.floor(side * scale)));
        return drawnPage(pdfium, page, { width: width ?? 1, height: height ?? 1 });
      });
      drawn.push(await finish(picture));
    }
    return drawn;
  });
}

async function withDocument<T>(
  bytes: Uint8Array,
  use: (pdfium: Pdfium, document: number, count: number) => Promise<T>,
): Promise<T> {
  const pdfium = await loadPdfium();
  const data = pdfium.wasmExports.malloc(bytes.length);
  pdfium.HEAPU8.set(bytes, data);
  const document = pdfium._FPDF_LoadMemDocument(data, bytes.length, 0);
  try {
    if (document === 0) throw cannotOpen(pdfium._FPDF_GetLastError());
    const count = pdfium._FPDF_GetPageCount(document);
    if (count > OCR_PAGES_MAX) throw tooManyPages(count);
    if (count < 1) throw new SlipstreamError('IMAGE_UNREADABLE', 'The PDF has no pages; export it again.');
    return await use(pdfium, document, count);
  } finally {
    if (document !== 0) pdfium._FPDF_CloseDocument(document);
    pdfium.wasmExports.free(data);
  }
}

function cannotOpen(code: number): SlipstreamError {
  if (PROTECTED.includes(code)) {
    return new SlipstreamError(
      'IMAGE_ENCRYPTED',
      'The PDF is protected by a password; print it to a new PDF without one, or send a photograph.',
    );
  }
  return new SlipstreamError('IMAGE_UNREADABLE', 'The PDF is damaged or cut off; export it again.', {
    details: { pdfium_error: code },
  });
}

function readPage(pdfium: Pdfium, document: number, index: number, hasInvoice: boolean): Promise<PageContent> {
  return withPage(pdfium, document, index, async (page, size) => {
    const lines = isScan(pdfium, page) ? null : pageText(pdfium, page, size);
    if (lines !== null) return { ...size, lines: inReadingOrder(lines, size), picture: null };
    // What an e-invoice says needs no reading.
    if (hasInvoice) return { ...size, lines: [], picture: null };
    return pageOf(drawnPage(pdfium, page, size));
  });
}

async function withPage<T>(
  pdfium: Pdfium,
  document: number,
  index: number,
  use: (page: number, size: { width: number; height: number }) => T | Promise<T>,
): Promise<T> {
  const page = pdfium._FPDF_LoadPage(document, index);
  if (page === 0) {
    throw new SlipstreamError('IMAGE_UNREADABLE', `Page ${index + 1} of the PDF is damaged; export it again.`);
  }
  try {
    const size = pixelSize(pdfium._FPDF_GetPageWidth(page), pdfium._FPDF_GetPageHeight(page));
    return await use(page, size);
  } finally {
    pdfium._FPDF_ClosePage(page);
  }
}

function pixelSize(widthPt: number, heightPt: number): { width: number; height: number } {
  const [w, h] = [Math.max(1, widthPt), Math.max(1, heightPt)];
  const scale = Math.min(SCALE, Math.sqrt(PAGE_PIXELS_MAX / (w * h)), PAGE_SIDE_PX_MAX / Math.max(w, h));
  return { width: Math.max(1, Math.round(w * scale)), height: Math.max(1, Math.round(h * scale)) };
}

function inReadingOrder(lines: readonly OcrLine[], size: { width: number; height: number }): OcrLine[] {
  return arrangePage(lines, size).lines;
}

function isScan(pdfium: Pdfium, page: number): boolean {
  const count = Math.min(OBJECTS_MAX, pdfium._FPDFPage_CountObjects(page));
  for (let index = 0; index < count; index += 1) {
    const object = pdfium._FPDFPage_GetObject(page, index);
    if (pdfium._FPDFPageObj_GetType(object) !== IMAGE_OBJECT) continue;
    const share = withMemory(pdfium, 16, (at, view) => {
      if (pdfium._FPDFPageObj_GetBounds(object, at, at + 4, at + 8, at + 12) === 0) return 0;
      const [left = 0, bottom = 0, right = 0, top = 0] = [0, 4, 8, 12].map((offset) => view().getFloat32(offset, true));
      const [a, b] = [toDevice(pdfium, page, left, top), toDevice(pdfium, page, right, bottom)];
      return Math.abs((b[0] - a[0]) * (b[1] - a[1]));
    });
    if (share >= SCAN_SHARE_MIN) return true;
  }
  return false;
}

function drawnPage(pdfium: Pdfium, page: number, { width, height }: { width: number; height: number }): Sharp {
  const bitmap = pdfium._FPDFBitmap_CreateEx(width, height, BGRA, 0, 0);
  if (bitmap === 0) throw new SlipstreamError('IMAGE_UNREADABLE', 'A page of the PDF is too large to be drawn.');
  try {
    pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
    pdfium._FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, WITH_ANNOTATIONS);
    const from = pdfium._FPDFBitmap_GetBuffer(bitmap);
    const stride = pdfium._FPDFBitmap_GetStride(bitmap);
    const pixels = new Uint8Array(width * height * 3);
    for (let row = 0; row < height; row += 1) {
      for (let column = 0; column < width; column += 1) {
        const at = from + row * stride + column * 4;
        const to = (row * width + column) * 3;
        pixels[to] = pdfium.HEAPU8[at + 2] ?? 255;
        pixels[to + 1] = pdfium.HEAPU8[at + 1] ?? 255;
        pixels[to + 2] = pdfium.HEAPU8[at] ?? 255;
      }
    }
    return sharp(pixels, { raw: { width, height, channels: 3 } });
  } finally {
    pdfium._FPDFBitmap_Destroy(bitmap);
  }
}

/** The first attached XML that is an invoice; one that is damaged does not spoil the pages. */
function embeddedInvoice(pdfium: Pdfium, document: number): Invoice | null {
  const count = Math.min(ATTACHMENTS_MAX, pdfium._FPDFDoc_GetAttachmentCount(document));
  for (let index = 0; index < count; index += 1) {
    const attachment = pdfium._FPDFDoc_GetAttachment(document, index);
    if (attachment === 0 || !/\.xml$/i.test(attachmentName(pdfium, attachment))) continue;
    const bytes = attachmentBytes(pdfium, attachment);
    if (bytes === null) continue;
    try {
      return readInvoice(bytes);
    } catch (thrown) {
      if (!(thrown instanceof SlipstreamError)) throw thrown;
    }
  }
  return null;
}

function attachmentName(pdfium: Pdfium, attachment: number): string {
  const length = Math.min(1_000, pdfium._FPDFAttachment_GetName(attachment, 0, 0));
  return withMemory(pdfium, length, (address) => {
    pdfium._FPDFAttachment_GetName(attachment, address, length);
    const text = new TextDecoder('utf-16le').decode(pdfium.HEAPU8.slice(address, address + length));
    return text.replace(/\0+$/, '');
  });
}

function attachmentBytes(pdfium: Pdfium, attachment: number): Uint8Array | null {
  return withMemory(pdfium, 8, (sizeAt, size) => {
    if (pdfium._FPDFAttachment_GetFile(attachment, 0, 0, sizeAt) === 0) return null;
    const length = size().getUint32(0, true);
    if (length === 0 || length > ATTACHMENT_BYTES_MAX) return null;
    return withMemory(pdfium, length, (address) => {
      pdfium._FPDFAttachment_GetFile(attachment, address, length, sizeAt);
      return pdfium.HEAPU8.slice(address, address + length);
    });
  });
}
