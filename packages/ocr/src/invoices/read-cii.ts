import type { Invoice, InvoiceLine } from '@slipstream/shared';
import { currencyOf, dayOf, decimalOf, joined, negated, quantityOf } from './invoice-values.ts';
import { allAt, at, textAt, type XmlElement } from './xml.ts';

/** UNTDID 1001: a credit note, whose amounts are written positive. */
const CREDIT_NOTE = '381';

/**
 * UN/CEFACT's cross-industry invoice: Factur-X, ZUGFeRD 2 and XRechnung (D16B), and ZUGFeRD 1, whose elements have other
 * names in places.
 */
export function readCii(root: XmlElement): Invoice {
  const header = at(root, 'ExchangedDocument') ?? at(root, 'HeaderExchangedDocument');
  const trade = at(root, 'SupplyChainTradeTransaction') ?? at(root, 'SpecifiedSupplyChainTradeTransaction');
  const agreement = child(trade, 'ApplicableHeaderTradeAgreement', 'ApplicableSupplyChainTradeAgreement');
  const settlement = child(trade, 'ApplicableHeaderTradeSettlement', 'ApplicableSupplyChainTradeSettlement');
  const totals = child(
    settlement,
    'SpecifiedTradeSettlementHeaderMonetarySummation',
    'SpecifiedTradeSettlementMonetarySummation',
  );
  const context = child(root, 'ExchangedDocumentContext', 'SpecifiedExchangedDocumentContext');
  const isCredit = textAt(header, 'TypeCode') === CREDIT_NOTE;
  const signed = (amount: string | null) => (isCredit ? negated(amount) : amount);
  return {
    syntax: 'cii',
    profile: textAt(context, 'GuidelineSpecifiedDocumentContextParameter', 'ID'),
    number: textAt(header, 'ID'),
    date: dayOf(textAt(header, 'IssueDateTime', 'DateTimeString')),
    currency: currencyOf(textAt(settlement, 'InvoiceCurrencyCode')),
    seller: sellerOf(at(agreement, 'SellerTradeParty')),
    lines: allAt(trade, 'IncludedSupplyChainTradeLineItem').map((line) => lineOf(line, signed)),
    subtotal: signed(decimalOf(textAt(totals, 'LineTotalAmount'))),
    allowances: adjustmentsOf(settlement, 'false'),
    charges: adjustmentsOf(settlement, 'true'),
    taxes: taxesOf(settlement, signed),
    rounding: signed(decimalOf(textAt(totals, 'RoundingAmount'))),
    total: signed(decimalOf(textAt(totals, 'GrandTotalAmount') ?? textAt(totals, 'DuePayableAmount'))),
  };
}

function child(element: XmlElement | undefined, ...names: readonly string[]): XmlElement | undefined {
  return element?.children.find(({ name }) => names.includes(name));
}

function sellerOf(party: XmlElement | undefined): Invoice['seller'] {
  const address = at(party, 'PostalTradeAddress');
  const contact = at(party, 'DefinedTradeContact');
  const registrations = allAt(party, 'SpecifiedTaxRegistration').map((one) => at(one, 'ID'));
  const vat = registrations.find((id) => id?.attributes.get('schemeID') === 'VA') ?? registrations[0];
  return {
    name: textAt(party, 'Name'),
    address: joined([
      textAt(address, 'LineOne'),
      textAt(address, 'LineTwo'),
      joined([textAt(address, 'PostcodeCode'), textAt(address, 'CityName')], ' '),
      textAt(address, 'CountryID'),
    ]),
    phone: textAt(contact, 'TelephoneUniversalCommunication', 'CompleteNumber'),
    tax_id: textAt(vat),
  };
}

function lineOf(line: XmlElement, signed: (amount: string | null) => string | null): InvoiceLine {
  const agreement = child(line, 'SpecifiedLineTradeAgreement', 'SpecifiedSupplyChainTradeAgreement');
  const delivery = child(line, 'SpecifiedLineTradeDelivery', 'SpecifiedSupplyChainTradeDelivery');
  const settlement = child(line, 'SpecifiedLineTradeSettlement', 'SpecifiedSupplyChainTradeSettlement');
  const totals = child(
    settlement,
    'SpecifiedTradeSettlementLineMonetarySummation',
    'SpecifiedTradeSettlementMonetarySummation',
  );
  return {
    description: textAt(line, 'SpecifiedTradeProduct', 'Name'),
    quantity: quantityOf(textAt(delivery, 'BilledQuantity')),
    unit_price: decimalOf(
      textAt(agreement, 'NetPriceProductTradePrice', 'ChargeAmount') ??
        textAt(agreement, 'GrossPriceProductTradePrice', 'ChargeAmount'),
    ),
    amount: signed(decimalOf(textAt(totals, 'LineTotalAmount'))),
  };
}

function adjustmentsOf(settlement: XmlElement | undefined, charge: 'true' | 'false'): Invoice['charges'] {
  return allAt(settlement, 'SpecifiedTradeAllowanceCharge')
    .filter((one) => textAt(one, 'ChargeIndicator', 'Indicator') === charge)
    .flatMap((one) => {
      const amount = decimalOf(textAt(one, 'ActualAmount'));
      return amount === null ? [] : [{ label: textAt(one, 'Reason'), amount }];
    });
}

function taxesOf(
  settlement: XmlElement | undefined,
  signed: (amount: string | null) => string | null,
): Invoice['taxes'] {
  return allAt(settlement, 'ApplicableTradeTax').flatMap((tax) => {
    const amount = signed(decimalOf(textAt(tax, 'CalculatedAmount')));
    const rate = decimalOf(textAt(tax, 'RateApplicablePercent') ?? textAt(tax, 'ApplicablePercent'));
    return amount === null ? [] : [{ label: textAt(tax, 'TypeCode'), rate, amount }];
  });
}
