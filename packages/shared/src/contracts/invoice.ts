import * as z from 'zod';
import { currencySchema, daySchema, decimalSchema } from './primitives.ts';
import { storedObject } from './stored-object.ts';

const textSchema = z.string().min(1).max(1_000);

/** One line of an e-invoice; `amount` is net, as the formats have it. */
export const invoiceLineSchema = storedObject({
  description: textSchema.nullable(),
  quantity: decimalSchema.nullable(),
  unit_price: decimalSchema.nullable(),
  amount: decimalSchema.nullable(),
});

/** An allowance or a charge on the whole invoice; its amount is positive. */
export const invoiceAdjustmentSchema = storedObject({ label: textSchema.nullable(), amount: decimalSchema });

export const invoiceTaxSchema = storedObject({
  label: textSchema.nullable(),
  /** Per cent. */
  rate: decimalSchema.nullable(),
  amount: decimalSchema,
});

/** What an e-invoice says (EN 16931, in UBL or UN/CEFACT's syntax): exact values, no text that was read. */
export const invoiceSchema = storedObject({
  syntax: z.enum(['ubl', 'cii']),
  /** The specification it follows, as it names it; null where it names none. */
  profile: z.string().max(500).nullable(),
  number: textSchema.nullable(),
  date: daySchema.nullable(),
  currency: currencySchema.nullable(),
  seller: storedObject({
    name: textSchema.nullable(),
    address: textSchema.nullable(),
    phone: textSchema.nullable(),
    tax_id: textSchema.nullable(),
  }),
  lines: z.array(invoiceLineSchema).max(10_000),
  /** The lines' sum, net. */
  subtotal: decimalSchema.nullable(),
  allowances: z.array(invoiceAdjustmentSchema).max(1_000),
  charges: z.array(invoiceAdjustmentSchema).max(1_000),
  taxes: z.array(invoiceTaxSchema).max(100),
  rounding: decimalSchema.nullable(),
  /** With tax, before what was paid in advance; negative for a credit note. */
  total: decimalSchema.nullable(),
});

export type Invoice = z.infer<typeof invoiceSchema>;
export type InvoiceLine = z.infer<typeof invoiceLineSchema>;
