import { ocrDocumentSchema, receiptSchema } from '@slipstream/shared';
import { parseDocument } from '../../src/index.ts';
import { hostileDocument } from './hostile-document.ts';

const IDS = { image_id: '00000000-0000-5000-8000-000000000000' };

/** What is wrong with the parser's answer to the document that the seed makes; null where nothing is. */
export function fuzzCase(seed: number): string | null {
  const document = hostileDocument(seed);
  const valid = ocrDocumentSchema.safeParse(document);
  if (!valid.success) return `the fuzzer made a document that the schema refuses: ${valid.error.message}`;
  try {
    for (const receipt of parseDocument(document, IDS)) {
      const parsed = receiptSchema.safeParse(receipt);
      if (!parsed.success) return `a receipt fails its schema: ${parsed.error.message}`;
    }
    return null;
  } catch (error) {
    return `threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
}
