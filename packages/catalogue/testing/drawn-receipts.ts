import type { CatalogueReceipt } from '../src/port/change.ts';

export const OWNER = 'default';

/** A receipt with what a test says of it. Its ids are made of a number. */
export function drawnReceipt(number: number, over: Partial<CatalogueReceipt> = {}): CatalogueReceipt {
  return {
    owner_id: OWNER,
    image_id: imageId(number),
    receipt_id: '00001',
    revision: 1,
    status: 'VALID',
    date: '2026-03-14',
    time: '09:26',
    currency: 'EUR',
    total: '7.50',
    printed_name: 'The Corner Cafe',
    merchant: null,
    category_id: null,
    tags: [],
    is_degraded: false,
    confidence: 0.95,
    line_items: [
      { description: 'Flat white', quantity: '1', unit_price: '3.50', amount: '3.50', category_id: null },
      { description: 'Banana bread', quantity: null, unit_price: null, amount: '4.00', category_id: null },
    ],
    taxes: [{ label: 'VAT', rate: '20', amount: '1.25' }],
    text: '12 Harbour Street Bristol',
    created_at: '2026-03-14T10:00:00.000Z',
    updated_at: '2026-03-14T10:00:00.000Z',
    ...over,
  };
}

export const imageId = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
export const merchantId = (number: number) => `00000000-0000-4000-9000-${String(number).padStart(12, '0')}`;
