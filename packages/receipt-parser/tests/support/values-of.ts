import type { Receipt } from '@slipstream/shared';

/** A receipt's values alone: no places of words, which move with the lines, and no confidences. */
export function valuesOf(receipts: readonly Receipt[]): unknown {
  return JSON.parse(
    JSON.stringify(receipts, (key, value: unknown) =>
      key === 'words' || key === 'confidence' || key === 'reasons' ? undefined : value,
    ),
  );
}
