import { readInvoice } from '../invoices/read-invoice.ts';
import type { EngineImage } from '../pictures/engine-image.ts';
import type { OpenedFile } from './page-content.ts';
import { pdfPages } from './pdf-pages.ts';
import { picturePages } from './picture-pages.ts';

/** Files that engines do not read themselves: documents, those of several pages, and pictures that not all decode. */
export function needsOpening({ type, pages = 1 }: EngineImage): boolean {
  return pages > 1 || type === 'pdf' || type === 'xml' || type === 'avif' || type === 'gif' || type === 'bmp';
}

/** Runs in a reading process: PDFium and the decoders see what strangers send. */
export async function openFile(image: EngineImage): Promise<OpenedFile> {
  if (image.type === 'pdf') return pdfPages(image.bytes);
  if (image.type === 'xml') return { pages: [], invoice: readInvoice(image.bytes) };
  return { pages: await picturePages(image), invoice: null };
}
