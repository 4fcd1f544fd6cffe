import type { Invoice, InvoiceLine } from '@slipstream/shared';
import { currencyOf, dayOf, decimalOf, joined, negated, quantityOf } from './invoice-values.ts';
import { allAt, at, textAt, type XmlElement } from './xml.ts';

/** OASIS UBL 2.1, as Peppol BIS Billing 3 and XRechnung use it. The amounts of a credit note turn negative. */
export function readUbl(root: XmlElement): Invoice {
  const isCredit = root.name === 'CreditNote';
  const signed = (amount: string | null) => (isCredit ? negated(amount) : amount);
  const totals = at(root, 'LegalMonetaryTotal');
  const adjustments = (charge: 'true' | 'false') =>
    allAt(root, 'AllowanceCharge')
      .filter((one) => textAt(one, 'ChargeIndicator') === charge)
      .flatMap((one) => {
        const amount = decimalOf(textAt(one, 'Amount'));
        return amount === null ? [] : [{ label: textAt(one, 'AllowanceChargeReason'), amount }];
      });
  return {
    syntax: 'ubl',
    profile: textAt(root, 'CustomizationID'),
    number: textAt(root, 'ID'),
    date: dayOf(textAt(root, 'IssueDate')),
    currency: currencyOf(textAt(root, 'DocumentCurrencyCode')),
    seller: sellerOf(at(root, 'AccountingSupplierParty', 'Party')),
    lines: allAt(root, isCredit ? 'CreditNoteLine' : 'InvoiceLine').map((line) => lineOf(line, signed)),
    subtotal: signed(decimalOf(textAt(totals, 'LineExtensionAmount'))),
    allowances: adjustments('false'),
    charges: adjustments('true'),
    taxes: taxesOf(root, signed),
    rounding: signed(decimalOf(textAt(totals, 'PayableRoundingAmount'))),
    total: signed(decimalOf(textAt(totals, 'TaxInclusiveAmount') ?? textAt(totals, 'PayableAmount'))),
  };
}

function sellerOf(party: XmlElement | undefined): Invoice['seller'] {
  const address = at(party, 'PostalAddress');
  return {
    name: textAt(party, 'PartyName', 'Name') ?? textAt(party, 'PartyLegalEntity', 'RegistrationName'),
    address: joined([
      textAt(address, 'StreetName'),
      textAt(address, 'AdditionalStreetName'),
      joined([textAt(address, 'PostalZone'), textAt(address, 'CityName')], ' '),
      textAt(address, 'Country', 'IdentificationCode'),
    ]),
    phone: textAt(party, 'Contact', 'Telephone'),
    tax_id: textAt(party, 'PartyTaxScheme', 'CompanyID'),
  };
}

function lineOf(line: XmlElement, signed: (amount: string | null) => string | null): InvoiceLine {
  return {
    description: textAt(line, 'Item', 'Name') ?? textAt(line, 'Item', 'Description'),
    quantity: quantityOf(textAt(line, 'InvoicedQuantity') ?? textAt(line, 'CreditedQuantity')),
    unit_price: decimalOf(textAt(line, 'Price', 'PriceAmount')),
    amount: signed(decimalOf(textAt(line, 'LineExtensionAmount'))),
  };
}

/** Of the tax total that is broken down; a second one is the same in another currency. */
function taxesOf(root: XmlElement, signed: (amount: string | null) => string | null): Invoice['taxes'] {
  const totals = allAt(root, 'TaxTotal');
  const broken = totals.find((total) => at(total, 'TaxSubtotal') !== undefined);
  return allAt(broken ?? totals[0], 'TaxSubtotal').flatMap((tax) => {
    const amount = signed(decimalOf(textAt(tax, 'TaxAmount')));
    const category = at(tax, 'TaxCategory');
    if (amount === null) return [];
    return [{ label: textAt(category, 'TaxScheme', 'ID'), rate: decimalOf(textAt(category, 'Percent')), amount }];
  });
}
