import { isAssigned, merchantUnsure, type Reason, type Receipt } from '@slipstream/shared';
import { reasonsOfChecks } from '../checks/reasons-of-checks.ts';

type Read = Pick<Receipt, 'merchant' | 'date' | 'total' | 'checks'> &
  Partial<Pick<Receipt, 'merchant_match' | 'image_truncated' | 'not_printed'>>;

/**
 * Why a person should look at the receipt; an empty list is a receipt that can be taken as read. `review_below`: the
 * confidence from which on the merchant, the date and the total are taken as read.
 */
export function reasonsOf(receipt: Read, review_below: number): Reason[] {
  const truncated = receipt.image_truncated ? [IMAGE_TRUNCATED] : [];
  return [
    ...truncated,
    ...reasonsOfChecks(receipt.checks, receipt.not_printed?.includes('line_items') ?? false),
    ...fieldReasons(receipt, review_below),
  ];
}

const IMAGE_TRUNCATED: Reason = {
  code: 'IMAGE_TRUNCATED',
  message: 'The file of the picture was cut off, so a part of the receipt may be missing: submit the whole file.',
};

/** The same receipt of a picture whose file is cut off. */
export function ofTruncatedImage(receipt: Receipt): Receipt {
  return {
    ...receipt,
    image_truncated: true,
    needs_review: true,
    reasons: [IMAGE_TRUNCATED, ...receipt.reasons],
  };
}

/** The receipt as it is to be reviewed below this confidence, whatever was decided by another one before. */
export function withReviewBelow(receipt: Receipt, review_below: number): Receipt {
  const others = receipt.reasons.filter(({ code }) => !FIELD_CODES.has(code));
  const asked = fieldReasons(receipt, review_below).map(
    (reason) =>
      receipt.reasons.find(({ code, message }) => code === reason.code && message === reason.message) ?? reason,
  );
  const reasons = [...others, ...asked];
  const isAskedFor = receipt.needs_review && receipt.reasons.length === 0;
  const isSame = JSON.stringify(reasons) === JSON.stringify(receipt.reasons);
  const needs_review = reasons.length > 0 || isAskedFor;
  return isSame && needs_review === receipt.needs_review ? receipt : { ...receipt, reasons, needs_review };
}

const FIELDS = ['merchant', 'date', 'total'] as const;
const FIELD_CODES: ReadonlySet<string> = new Set(
  FIELDS.flatMap((name) => [`${name.toUpperCase()}_MISSING`, `${name.toUpperCase()}_UNSURE`]),
);

function fieldReasons(read: Omit<Read, 'checks'>, review_below: number): Reason[] {
  const fields = { merchant: read.merchant.name, date: read.date, total: read.total };
  const asked = isAssigned(read) ? FIELDS.filter((name) => name !== 'merchant') : FIELDS;
  return asked.flatMap((name): Reason[] => {
    const field = fields[name];
    const code = name.toUpperCase();
    if (field === null) {
      const is_printed = !read.not_printed?.some((absent) => absent === name);
      return is_printed ? [{ code: `${code}_MISSING`, message: `No ${name} was found.` }] : [];
    }
    if (field.reviewed || field.confidence >= review_below) return [];
    const message =
      name === 'merchant'
        ? merchantUnsure(field, read.merchant_match?.name ?? null)
        : `The ${name} was read as "${field.text}" with a confidence of ${field.confidence.toFixed(2)}.`;
    return [{ code: `${code}_UNSURE`, message }];
  });
}
