import type { Receipt } from '@slipstream/shared';
import { confidenceOf, readRightly } from '../confidence/probability.ts';
import type { Country } from '../country/countries.ts';
import type { Row } from '../layout/row.ts';
import { type Contact, findPhone, findTaxId, findWebsite } from '../merchant/contacts.ts';
import { findAddress } from '../merchant/find-address.ts';
import { findName } from '../merchant/find-name.ts';
import type { Figures } from '../zones/figures.ts';
import { type Field, fieldOf } from './field.ts';
import { RATES } from './rates.ts';

/** Whom the receipt is from. */
export function merchantFields(
  rows: readonly Row[],
  head: readonly Figures[],
  country: Country | null,
): Receipt['merchant'] {
  const run = findAddress(head);
  const name = findName(head, run);
  const address_words = run === null ? [] : head.slice(run.from, run.to).flatMap(({ row }) => row.words);
  const phone = findPhone(rows, country?.code ?? null);
  const website = findWebsite(rows);
  const tax_id = findTaxId(rows);
  return {
    name:
      name === null
        ? null
        : fieldOf(name.text, name.words, confidenceOf({ kind: 'company', name, address: run }, name.words)),
    address:
      run === null
        ? null
        : fieldOf(
            address_words.map(({ text }) => text).join(' '),
            address_words,
            confidenceOf({ kind: 'address', run, rows: run.to - run.from }, address_words),
          ),
    phone: phone === null ? null : contactField(phone, phone.labelled ? RATES.phone.labelled : RATES.phone.bare),
    website:
      website === null ? null : contactField(website, website.labelled ? RATES.website.labelled : RATES.website.bare),
    tax_id: tax_id === null ? null : contactField(tax_id, RATES.tax_id),
  };
}

export function contactField(contact: Contact, chosen: number): Field {
  return fieldOf(contact.value, contact.words, chosen * readRightly(contact.words), contact.text);
}
