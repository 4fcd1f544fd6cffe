import { v5, v7 } from 'uuid';

/** The namespace of every image id: a literal, never to change, or the same bytes would become another image. */
export const IMAGE_NAMESPACE = '6f2b7c1e-54a3-5d0f-9c38-0b1e7a4d2f96';

/** The same bytes are one image, whoever sends them and how often. */
export function imageIdOf(sha256: string): string {
  return v5(sha256, IMAGE_NAMESPACE);
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

/** `index` counts from 1: the receipt's place in its image. */
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
