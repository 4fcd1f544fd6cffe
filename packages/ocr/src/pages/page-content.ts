import type { Invoice, OcrLine } from '@slipstream/shared';

/** One page of a file: either its lines are known, or its picture is to be read. */
export interface PageContent {
  /** Pixels of the picture; of a text layer, the size that a picture would have. */
  readonly width: number;
  readonly height: number;
  /** The text that the file itself gives, in 0..1 of the page. */
  readonly lines: OcrLine[] | null;
  /** PNG, upright; null where the lines are known. */
  readonly picture: Uint8Array | null;
}

export interface OpenedFile {
  readonly pages: readonly PageContent[];
  /** Of an e-invoice, alone or within a PDF. */
  readonly invoice: Invoice | null;
}
