import { type OcrQuality, qualityHints, type Receipt } from '@slipstream/shared';

/** A receipt that a person has to look at says what was wrong with its photograph. A good reading of a bad one does not. */
export function withPhotoHints(receipt: Receipt, quality: OcrQuality | undefined): Receipt {
  const hints = qualityHints(quality);
  return receipt.needs_review && hints.length > 0 ? { ...receipt, reasons: [...receipt.reasons, ...hints] } : receipt;
}
