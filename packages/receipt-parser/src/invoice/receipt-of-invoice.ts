import type { Invoice, Receipt } from '@slipstream/shared';
import { type Money, moneyFromDigits, moneyToDecimal } from '../amounts/money.ts';
import { recheckReceipt } from '../checks/recheck-receipt.ts';
import { reasonsOf } from '../receipt/reasons.ts';

/** A value of the invoice: nothing was read, so nothing can have been read wrong. */
function given(value: string | null) {
  return value === null ? null : { value, text: value, confidence: 1, words: [], source: 'invoice' as const };
}

/** The receipt of an e-invoice: its exact values, checked by the same arithmetic as what was read. */
export function receiptOfInvoice(invoice: Invoice, image_id: string, review_below: number): Receipt {
  const { seller, lines, allowances, charges, taxes } = invoice;
  const receipt: Receipt = {
    schema_version: 1,
    image_id,
    receipt_id: '00001',
    merchant: {
      name: given(seller.name),
      address: given(seller.address),
      phone: given(seller.phone),
      website: null,
      tax_id: given(seller.tax_id),
    },
    date: given(invoice.date),
    time: null,
    currency: given(invoice.currency),
    receipt_number: given(invoice.number),
    line_items: lines.map(({ description, quantity, unit_price, amount }) => ({
      description: given(description),
      quantity: given(quantity),
      unit_price: given(unit_price),
      amount: given(amount),
    })),
    subtotal: given(invoice.subtotal),
    discounts: allowances.map(({ label, amount }) => ({ label: given(label), amount: given(negative(amount)) })),
    taxes: taxes.map(({ label, rate, amount }) => ({ label: given(label), rate: given(rate), amount: given(amount) })),
    service_charge: given(sumOf(charges.map(({ amount }) => amount))),
    tip: null,
    rounding: given(invoice.rounding),
    total: given(invoice.total),
    payment: { method: null, card_last4: null, tendered: null, change: null },
    checks: [],
    merchant_match: null,
    needs_review: false,
    reasons: [],
  };
  const checked = { ...receipt, checks: recheckReceipt(receipt) };
  const reasons = reasonsOf(checked, review_below);
  return { ...checked, needs_review: reasons.length > 0, reasons };
}

function negative(amount: string): string {
  return amount.startsWith('-') || !/[1-9]/.test(amount) ? amount : `-${amount}`;
}

function sumOf(amounts: readonly string[]): string | null {
  if (amounts.length === 0) return null;
  const decimals = Math.max(...amounts.map((amount) => amount.split('.')[1]?.length ?? 0));
  return moneyToDecimal(
    amounts.reduce((sum, amount) => sum + moneyOf(amount), 0),
    decimals,
  );
}

function moneyOf(amount: string): Money {
  const [whole = '', fraction = ''] = amount.replace('-', '').split('.');
  const money = moneyFromDigits(whole, fraction) ?? 0;
  return amount.startsWith('-') ? -money : money;
}
