import { uuidSchema } from './primitives.ts';

/** Where each object lies. Raw bucket: images as they came. Artifacts bucket: everything that was made of them. */
export function rawKey(imageId: string): string {
  return `raw/${imageId}`;
}

export function ocrDocumentKey(imageId: string, jobId: string, attempt: number): string {
  return `ocr/${imageId}/${jobId}/${attempt}.json.gz`;
}

/** As the job read it; with a revision, as it was settled from that revision on. */
export function receiptKey(imageId: string, receiptId: string, jobId: string, revision?: number): string {
  const settled = revision === undefined ? '' : `.${revision}`;
  return `receipts/${imageId}/${receiptId}/${jobId}${settled}.json.gz`;
}

/** What a language model answered about one revision of a receipt; paid once. */
export function reviewKey(imageId: string, receiptId: string, revision: number): string {
  return `reviews/${imageId}/${receiptId}/${revision}.json.gz`;
}

export function deltaKey(collection: string, runId: string): string {
  return `deltas/${collection}/${runId}.arrow`;
}

export function indexPrefix(collection: string): string {
  return `index/${collection}.lance/`;
}

/** The image that a raw key belongs to; null for every key that is not exactly `raw/{image_id}`. */
export function imageIdOfRawKey(key: string): string | null {
  const id = key.startsWith('raw/') ? key.slice('raw/'.length) : '';
  return uuidSchema.safeParse(id).success ? id : null;
}
