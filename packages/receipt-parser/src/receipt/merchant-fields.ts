import type { Receipt } from '@slipstream/shared';
import { confidenceOf, readRightly } from '../confidence/probability.ts';
import type { Contact } from '../merchant/contacts.ts';
import type { Reading } from '../read-receipt.ts';
import { type Field, fieldOf } from './field.ts';
import { RATES } from './rates.ts';

/** Whom the receipt is from. */
export function merchantFields({
  name,
  address,
  phone,
  website,
  tax_id,
  page_confidence,
}: Reading): Receipt['merchant'] {
  return {
    name:
      name === null
        ? null
        : fieldOf(name.text, name.words, confidenceOf({ kind: 'company', name, address }, page_confidence)),
    address:
      address === null
        ? null
        : fieldOf(address.text, address.words, confidenceOf({ kind: 'address', address }, page_confidence)),
    phone: phone === null ? null : contactField(phone, phone.labelled ? RATES.phone.labelled : RATES.phone.bare),
    website:
      website === null ? null : contactField(website, website.labelled ? RATES.website.labelled : RATES.website.bare),
    tax_id: tax_id === null ? null : contactField(tax_id, RATES.tax_id),
  };
}

export function contactField(contact: Contact, chosen: number): Field {
  return fieldOf(contact.value, contact.words, chosen * readRightly(contact.words), contact.text);
}
