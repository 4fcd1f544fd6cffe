import { sroieBoxesToOcrDocument } from '@slipstream/receipt-parser';
import { isErrorCode, type OcrDocument, ocrDocumentSchema, SlipstreamError } from '@slipstream/shared';
import { z } from 'zod';

export type Format = 'slipstream' | 'sroie';

export interface OcrDocuments {
  readonly documents: readonly OcrDocument[];
  /** Of files that the OCR could not read. */
  readonly errors: readonly SlipstreamError[];
}

/** An element of what `receipt-ocr FILE… --json` prints. */
const recognisedSchema = z.union([
  z.object({ file: z.string(), document: z.unknown() }).refine(({ document }) => document !== undefined),
  z.object({ file: z.string(), error: z.object({ code: z.string(), message: z.string() }) }),
]);

/** The OCR documents in a text: one, a box file, or all that `receipt-ocr --json` printed. */
export function documentsIn(text: string, format: Format): OcrDocuments {
  if (format === 'sroie') return { documents: [sroieBoxesToOcrDocument(text)], errors: [] };
  const json = parseJson(text);
  if (!Array.isArray(json)) return { documents: [documentOf(json)], errors: [] };
  const documents: OcrDocument[] = [];
  const errors: SlipstreamError[] = [];
  for (const element of json) {
    const { success, data } = recognisedSchema.safeParse(element);
    if (success && 'error' in data) errors.push(errorOf(data.file, data.error));
    else documents.push(documentOf(success && 'document' in data ? data.document : element));
  }
  return { documents, errors };
}

function errorOf(
  file: string,
  { code, message }: { readonly code: string; readonly message: string },
): SlipstreamError {
  return new SlipstreamError(isErrorCode(code) ? code : 'DOCUMENT_INVALID', `${file}: ${message}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const message = 'The OCR document is not JSON; is it gzipped, or a box file (--format sroie)?';
    throw new SlipstreamError('DOCUMENT_INVALID', message);
  }
}

function documentOf(value: unknown): OcrDocument {
  const parsed = ocrDocumentSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new SlipstreamError(
    'DOCUMENT_INVALID',
    `The OCR document is not of its schema: ${issue?.path.join('.')}: ${issue?.message}.`,
  );
}
