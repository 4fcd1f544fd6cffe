import { receiptIdSchema, SlipstreamError, uuidSchema } from '@slipstream/shared';
import { shorten } from '@slipstream/terminal';
import type { ImageDirectory } from './image-directory.ts';

/** An image, or one receipt of it. */
export interface ReceiptReference {
  readonly imageId: string;
  readonly receiptId: string | null;
}

/** A number up to this is a row of the latest list; a longer one begins an id. */
const ROW_MAX = 1_000;
/** Ids that are named where a beginning fits several. */
const NAMED_MAX = 4;
export const REFERENCE_ARGUMENT =
  "An id or its beginning, a row of the latest list, or `last`; with /1 behind it, the image's first receipt";

/**
 * What a person means: an id (`c1ee5e93-…`), any beginning of one that fits no other, a row number of the latest list,
 * or `last` for the newest image; each with `/1` for a receipt of it.
 */
export async function findImage(service: ImageDirectory, text: string): Promise<ReceiptReference> {
  const [name = '', number, ...rest] = text.trim().toLowerCase().split('/');
  const receiptId = number === undefined ? null : number.padStart(5, '0');
  const isWellFormed = /^(last|[\da-f][\da-f-]*)$/.test(name) && rest.length === 0;
  if (!isWellFormed || (receiptId !== null && !receiptIdSchema.safeParse(receiptId).success)) throw noReference(text);
  if (uuidSchema.safeParse(name).success) return { imageId: name, receiptId };
  if (name === 'last') return { imageId: await latest(service), receiptId };
  if (/^\d+$/.test(name) && Number(name) <= ROW_MAX) return rowOf(service, Number(name), receiptId);
  return { imageId: await beginningWith(service, name), receiptId };
}

/** `findImage` for a verb that needs a receipt: an image with one receipt means that one. */
export async function findReceipt(
  service: ImageDirectory,
  text: string,
): Promise<{ readonly imageId: string; readonly receiptId: string }> {
  const { imageId, receiptId } = await findImage(service, text);
  if (receiptId !== null) return { imageId, receiptId };
  const receipts = await service.receiptsOfImage(imageId);
  const [only] = receipts;
  if (only !== undefined && receipts.length === 1) return { imageId, receiptId: only };
  throw new SlipstreamError(
    'REQUEST_INVALID',
    `Say which receipt: ${imageId}/1 (the image has ${receipts.length}; slipstream show ${imageId} lists them).`,
  );
}

function noReference(text: string): SlipstreamError {
  return new SlipstreamError(
    'REQUEST_INVALID',
    `${shorten(text, 60)} is no id: name an image by its id or the beginning of it, by its row in slipstream list, or by "last"; IMAGE_ID/1 is its first receipt.`,
  );
}

async function latest(service: ImageDirectory): Promise<string> {
  const imageId = await service.latestImage();
  if (imageId !== null) return imageId;
  throw new SlipstreamError('NOT_FOUND', `There is no image in ${service.place} yet: slipstream submit receipt.jpg.`);
}

async function rowOf(service: ImageDirectory, row: number, receiptId: string | null): Promise<ReceiptReference> {
  const rows = service.rows.read() ?? (await service.newestReceipts());
  const [imageId, ofRow] = rows[row - 1]?.split('/') ?? [];
  if (imageId !== undefined) return { imageId, receiptId: receiptId ?? ofRow ?? null };
  throw new SlipstreamError('NOT_FOUND', `The latest list has ${rows.length} rows, no row ${row}: slipstream list.`);
}

async function beginningWith(service: ImageDirectory, prefix: string): Promise<string> {
  const [found, ...others] = await service.imagesBeginningWith(prefix, NAMED_MAX + 1);
  if (found === undefined)
    throw new SlipstreamError(
      'NOT_FOUND',
      `No image in ${service.place} has an id that begins with ${prefix}; slipstream list shows what there is.`,
    );
  if (others.length === 0) return found;
  const named = [found, ...others].slice(0, NAMED_MAX).join(', ');
  throw new SlipstreamError('REQUEST_INVALID', `${prefix} begins several ids (${named}, …): add a letter or two.`);
}
