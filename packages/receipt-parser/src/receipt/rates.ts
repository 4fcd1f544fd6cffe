/**
 * Chances that a field which no key of read receipts covers was taken for the right thing. Measured on the project's
 * drawn receipts (`npm run eval:synthetic`) and lowered by half of the way to what the calibrated fields lose between
 * drawn and real receipts.
 */
export const RATES = {
  phone: { labelled: 0.95, bare: 0.8 },
  website: { labelled: 0.95, bare: 0.75 },
  tax_id: 0.93,
  time: { date: 0.97, label: 0.93, alone: 0.8 },
  currency: { printed: 0.97, country: 0.9 },
  receipt_number: 0.85,
  /** A figure of the summary, where the sum comes out and where it does not. */
  summary: { proven: 0.97, unproven: 0.8 },
  items: { proven: 0.97, unproven: 0.7 },
  description: 0.85,
  method: 0.9,
  card_last4: 0.9,
} as const;
