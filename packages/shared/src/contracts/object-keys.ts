import { uuidSchema } from './primitives.ts';

/** Where each object lies. Raw bucket: images as they came. Artifacts bucket: everything that was made of them. */
export function rawKey(imageId: string): string {
  return `raw/${imageId}`;
}

/** Where an upload lies until its bytes have proved whose it is. */
export function claimedKey(imageId: string, claimId: string): string {
  return `${rawKey(imageId)}.${claimId}`;
}

export function ocrDocumentKey(imageId: string, jobId: string, claimNumber: number): string {
  return `ocr/${imageId}/${jobId}/${claimNumber}.json.gz`;
}

/** One writing of a receipt's document: the revision that its record has if it is taken, and an id of its own. */
export interface DocumentWrite {
  readonly revision: number;
  readonly write_id: string;
}

/**
 * A document that a record names is never written again: each writing has a key of its own. Documents of earlier
 * releases have none in their key, or the revision alone.
 */
export function receiptKey(imageId: string, receiptId: string, jobId: string, write?: DocumentWrite): string {
  const own = write === undefined ? '' : `.${write.revision}-${write.write_id}`;
  return `receipts/${imageId}/${receiptId}/${jobId}${own}.json.gz`;
}

export interface ReceiptKeyParts {
  readonly image_id: string;
  readonly receipt_id: string;
  readonly job_id: string;
  /** null in keys of the first release. */
  readonly revision: number | null;
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const RECEIPT_KEY = new RegExp(
  `^receipts/(?<image>${UUID})/(?<receipt>\\d{5})/(?<job>${UUID})(?:\\.(?<revision>\\d{1,10})(?:-${UUID})?)?\\.json\\.gz$`,
);

/** What a receipt document's key says of it; null for every key that is none. */
export function parseReceiptKey(key: string): ReceiptKeyParts | null {
  const { image = '', receipt = '', job = '', revision } = RECEIPT_KEY.exec(key)?.groups ?? {};
  if (image === '') return null;
  return { image_id: image, receipt_id: receipt, job_id: job, revision: revision ? Number(revision) : null };
}

/** What a language model answered about one revision of a receipt; paid once. */
export function reviewKey(imageId: string, receiptId: string, revision: number): string {
  return `reviews/${imageId}/${receiptId}/${revision}.json.gz`;
}

/** A page as it is shown: upright, made by what reads the image. `page` counts from 0. */
export function viewKey(imageId: string, page: number, size: 'full' | 'thumb'): string {
  return `views/${imageId}/${page}${size === 'thumb' ? '.thumb' : ''}.jpg`;
}

export function deltaKey(collection: string, runId: string): string {
  return `deltas/${collection}/${runId}.arrow`;
}

export function indexPrefix(collection: string): string {
  return `index/${collection}.lance/`;
}

/** The image and the claim of a `claimedKey`; null for every other key. */
export function claimOfKey(key: string): { readonly image_id: string; readonly claim_id: string } | null {
  const [imageKey = '', claim_id = '', ...rest] = key.split('.');
  const image_id = imageIdOfRawKey(imageKey);
  if (image_id === null || rest.length > 0 || !uuidSchema.safeParse(claim_id).success) return null;
  return { image_id, claim_id };
}

/** The image that a raw key belongs to; null for every key that is not exactly `raw/{image_id}`. */
export function imageIdOfRawKey(key: string): string | null {
  const id = key.startsWith('raw/') ? key.slice('raw/'.length) : '';
  return uuidSchema.safeParse(id).success ? id : null;
}
