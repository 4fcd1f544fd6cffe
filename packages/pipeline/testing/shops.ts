/** Rows of receipts that the parser reads without doubt. */
const BOUGHT = [
  '14/03/2026            09:26',
  'Flat white             3.50',
  'Banana bread           4.00',
  'TOTAL                  7.50',
];

export interface Shop {
  readonly name: string;
  readonly street: string;
  readonly phone?: string;
  readonly tax_id?: string;
}

export const HARBOUR: Shop = {
  name: 'HARBOUR FOODS SDN BHD',
  street: 'Lot 20, Jalan Damai',
  phone: '03-4021 0276',
  tax_id: '000750673920',
};

export const ZENITH: Shop = {
  name: 'ZENITH STATIONERY SHOP',
  street: 'No 31, Jalan Setia',
  phone: '03-5542 3228',
  tax_id: '001531760640',
};

/** A branch of the same company: another address, another number. */
export const HARBOUR_BRANCH: Shop = { ...HARBOUR, street: 'No 7, Jalan Besar', phone: '03-9041 3189' };

/** A stall in the same food court: the address is Harbour's, nothing else is. */
export const STALL: Shop = { name: 'NASI LEMAK CORNER', street: HARBOUR.street };

export function receiptLines({ name, street, phone, tax_id }: Shop, number = 1): readonly string[] {
  return [
    `      ${name}`,
    `       ${street}`,
    '       50480 Kuala Lumpur',
    ...(phone ? [`       Tel: ${phone}`] : []),
    ...(tax_id ? [`       GST ID: ${tax_id}`] : []),
    `Receipt no: ${String(number).padStart(6, '0')}`,
    ...BOUGHT,
  ];
}
