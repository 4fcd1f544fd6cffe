import type { DayField, DecimalField, Receipt, TextField } from '@slipstream/shared';
import type { CorrectableField } from './corrections.ts';

/** A leaf of the receipt, whatever it holds: all of them are texts with a place and a confidence. */
export type Leaf = TextField | DayField | DecimalField;

/** The one place that knows where a correctable field stands in a receipt. */
export function leafOf(receipt: Receipt, field: CorrectableField): Leaf {
  switch (field) {
    case 'merchant.name':
      return receipt.merchant.name;
    case 'merchant.address':
      return receipt.merchant.address;
    case 'payment.tendered':
      return receipt.payment.tendered;
    case 'payment.change':
      return receipt.payment.change;
    default:
      return receipt[field];
  }
}

export function withLeaf(receipt: Receipt, field: CorrectableField, leaf: Leaf): Receipt {
  switch (field) {
    case 'merchant.name':
      return { ...receipt, merchant: { ...receipt.merchant, name: leaf } };
    case 'merchant.address':
      return { ...receipt, merchant: { ...receipt.merchant, address: leaf } };
    case 'payment.tendered':
      return { ...receipt, payment: { ...receipt.payment, tendered: leaf } };
    case 'payment.change':
      return { ...receipt, payment: { ...receipt.payment, change: leaf } };
    default:
      return { ...receipt, [field]: leaf };
  }
}
