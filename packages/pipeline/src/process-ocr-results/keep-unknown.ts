import {
  type Receipt,
  receiptMerchantSchema,
  receiptPaymentSchema,
  receiptSchema,
  unknownFields,
} from '@slipstream/shared';

/**
 * A receipt that is read again, with what it is filed under, and with what a later release wrote beside the fields that
 * this one knows. Rows are read
 * anew as a whole, and what was noted on one of them goes with it: they have no name to be found by.
 */
export function keepUnknown(read: Receipt, before: Receipt): Receipt {
  const { category, tags } = before;
  return {
    ...unknownFields(receiptSchema, before),
    ...(category && { category }),
    ...(tags && { tags }),
    ...read,
    merchant: { ...unknownFields(receiptMerchantSchema, before.merchant), ...read.merchant },
    payment: { ...unknownFields(receiptPaymentSchema, before.payment), ...read.payment },
  };
}
