import { v5, v7 } from 'uuid';
import { DEFAULT_OWNER } from './owner.ts';

/** The namespace of every image id: a literal, never to change, or the same bytes would become another image. */
export const IMAGE_NAMESPACE = '6f2b7c1e-54a3-5d0f-9c38-0b1e7a4d2f96';

/** The same bytes of one owner are one image, however often they are sent; those of two owners are two. */
export function imageIdOf(sha256: string, ownerId: string = DEFAULT_OWNER): string {
  return v5(ownerId === DEFAULT_OWNER ? sha256 : `${ownerId}:${sha256}`, IMAGE_NAMESPACE);
}

/** Whether an owner's image has these bytes. Images from before there were owners have the default owner's ids. */
export function isImageIdOf(imageId: string, sha256: string, ownerId: string): boolean {
  return imageId === imageIdOf(sha256, ownerId) || imageId === imageIdOf(sha256);
}

/** Of an image without a picture, on which a receipt stands that was entered by hand. Time-ordered. */
export function newManualImageId(): string {
  return v7();
}

/** `generation` counts from 1; reprocessing takes the next. */
export function jobIdOf(imageId: string, generation: number): string {
  return v5(String(generation), imageId);
}

/** Time-ordered, for compaction runs. */
export function newRunId(): string {
  return v7();
}

/** Time-ordered: makes the key of each writing of a document its own. */
export function newWriteId(): string {
  return v7();
}

/** `index` counts from 1. An id is never used for another receipt of the same image. */
export function receiptIdOf(index: number): string {
  return String(index).padStart(5, '0');
}

/** The namespace of every merchant id: a literal, never to change. */
export const MERCHANT_NAMESPACE = 'b1f0c6d2-8e47-5a39-a6d5-2c9e31f7048b';

/** A merchant is known by its strongest key, so that whoever meets it first gives it the same id. */
export function merchantIdOfKey(kind: string, value: string): string {
  return v5(`${kind}#${value}`, MERCHANT_NAMESPACE);
}

/** A merchant that nothing but its receipt is known of. */
export function merchantIdOfReceipt(imageId: string, receiptId: string): string {
  return v5(`receipt#${imageId}#${receiptId}`, MERCHANT_NAMESPACE);
}
