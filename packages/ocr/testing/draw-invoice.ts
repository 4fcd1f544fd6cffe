/** An invoice that the project makes up, as each format writes it. Its arithmetic holds: 42.50 + 8.08 = 50.58. */
export const DRAWN = {
  number: 'RE-2026-0117',
  date: '2026-02-03',
  seller: 'Papierhaus Lindental GmbH',
  vat: 'DE000000019',
  lines: [
    { description: 'Notizbuch A5 & Hülle', quantity: '2', price: '12.50', amount: '25.00' },
    { description: 'Füllfeder', quantity: '1', price: '17.50', amount: '17.50' },
  ],
  net: '42.50',
  tax: '8.08',
  rate: '19.00',
  total: '50.58',
} as const;

const escaped = (text: string) => text.replaceAll('&', '&amp;');

export function ublInvoice(kind: 'Invoice' | 'CreditNote' = 'Invoice', profile = 'urn:cen.eu:en16931:2017'): string {
  const quantity = kind === 'Invoice' ? 'InvoicedQuantity' : 'CreditedQuantity';
  const lines = DRAWN.lines.map(
    ({ description, quantity: count, price, amount }, i) => `
  <cac:${kind}Line><cbc:ID>${i + 1}</cbc:ID><cbc:${quantity} unitCode="C62">${count}</cbc:${quantity}>
    <cbc:LineExtensionAmount currencyID="EUR">${amount}</cbc:LineExtensionAmount>
    <cac:Item><cbc:Name>${escaped(description)}</cbc:Name></cac:Item>
    <cac:Price><cbc:PriceAmount currencyID="EUR">${price}</cbc:PriceAmount></cac:Price></cac:${kind}Line>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<!-- drawn -->
<${kind} xmlns="urn:oasis:names:specification:ubl:schema:xsd:${kind}-2" xmlns:cac="urn:cac" xmlns:cbc="urn:cbc">
  <cbc:CustomizationID>${profile}</cbc:CustomizationID>
  <cbc:ID>${DRAWN.number}</cbc:ID><cbc:IssueDate>${DRAWN.date}</cbc:IssueDate>
  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
  <cac:AccountingSupplierParty><cac:Party>
    <cac:PartyName><cbc:Name>${DRAWN.seller}</cbc:Name></cac:PartyName>
    <cac:PostalAddress><cbc:StreetName>Hauptweg 4</cbc:StreetName><cbc:CityName>Lindental</cbc:CityName>
      <cbc:PostalZone>00001</cbc:PostalZone><cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
    <cac:PartyTaxScheme><cbc:CompanyID>${DRAWN.vat}</cbc:CompanyID></cac:PartyTaxScheme>
  </cac:Party></cac:AccountingSupplierParty>
  <cac:TaxTotal><cbc:TaxAmount currencyID="EUR">${DRAWN.tax}</cbc:TaxAmount>
    <cac:TaxSubtotal><cbc:TaxAmount currencyID="EUR">${DRAWN.tax}</cbc:TaxAmount>
      <cac:TaxCategory><cbc:Percent>${DRAWN.rate}</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory>
    </cac:TaxSubtotal></cac:TaxTotal>
  <cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="EUR">${DRAWN.net}</cbc:LineExtensionAmount>
    <cbc:TaxInclusiveAmount currencyID="EUR">${DRAWN.total}</cbc:TaxInclusiveAmount>
    <cbc:PayableAmount currencyID="EUR">${DRAWN.total}</cbc:PayableAmount></cac:LegalMonetaryTotal>${lines.join('')}
</${kind}>`;
}

/** Factur-X, ZUGFeRD 2 and XRechnung in UN/CEFACT's syntax; 1 is ZUGFeRD 1 with its older names. */
export function ciiInvoice(version: 1 | 2 = 2): string {
  const name = (old: string, current: string) => (version === 1 ? old : current);
  const root = name('CrossIndustryDocument', 'CrossIndustryInvoice');
  const trade = name('SpecifiedSupplyChainTradeTransaction', 'SupplyChainTradeTransaction');
  const part = (what: 'Agreement' | 'Settlement') =>
    name(`ApplicableSupplyChainTrade${what}`, `ApplicableHeaderTrade${what}`);
  const ofLine = (what: 'Agreement' | 'Delivery' | 'Settlement') =>
    name(`SpecifiedSupplyChainTrade${what}`, `SpecifiedLineTrade${what}`);
  const sums = (where: 'Header' | 'Line') =>
    name('SpecifiedTradeSettlementMonetarySummation', `SpecifiedTradeSettlement${where}MonetarySummation`);
  const percent = name('ApplicablePercent', 'RateApplicablePercent');
  const lines = DRAWN.lines.map(
    ({ description, quantity, price, amount }) => `
    <ram:IncludedSupplyChainTradeLineItem><ram:SpecifiedTradeProduct><ram:Name><![CDATA[${description}]]></ram:Name></ram:SpecifiedTradeProduct>
      <ram:${ofLine('Agreement')}><ram:NetPriceProductTradePrice><ram:ChargeAmount>${price}00</ram:ChargeAmount></ram:NetPriceProductTradePrice></ram:${ofLine('Agreement')}>
      <ram:${ofLine('Delivery')}><ram:BilledQuantity unitCode="C62">${quantity}.0000</ram:BilledQuantity></ram:${ofLine('Delivery')}>
      <ram:${ofLine('Settlement')}><ram:${sums('Line')}><ram:LineTotalAmount>${amount}</ram:LineTotalAmount></ram:${sums('Line')}></ram:${ofLine('Settlement')}>
    </ram:IncludedSupplyChainTradeLineItem>`,
  );
  return `<?xml version='1.0' encoding='UTF-8'?>
<rsm:${root} xmlns:rsm="urn:rsm" xmlns:ram="urn:ram" xmlns:udt="urn:udt">
  <rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>urn:factur-x.eu:1p0:basic</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
  <rsm:${name('HeaderExchangedDocument', 'ExchangedDocument')}><ram:ID>${DRAWN.number}</ram:ID><ram:TypeCode>380</ram:TypeCode>
    <ram:IssueDateTime><udt:DateTimeString format="102">${DRAWN.date.replaceAll('-', '')}</udt:DateTimeString></ram:IssueDateTime></rsm:${name('HeaderExchangedDocument', 'ExchangedDocument')}>
  <rsm:${trade}>${lines.join('')}
    <ram:${part('Agreement')}><ram:SellerTradeParty><ram:Name>${DRAWN.seller}</ram:Name>
      <ram:PostalTradeAddress><ram:PostcodeCode>00001</ram:PostcodeCode><ram:LineOne>Hauptweg 4</ram:LineOne><ram:CityName>Lindental</ram:CityName><ram:CountryID>DE</ram:CountryID></ram:PostalTradeAddress>
      <ram:SpecifiedTaxRegistration><ram:ID schemeID="FC">12/345</ram:ID></ram:SpecifiedTaxRegistration>
      <ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">${DRAWN.vat}</ram:ID></ram:SpecifiedTaxRegistration></ram:SellerTradeParty></ram:${part('Agreement')}>
    <ram:${part('Settlement')}><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
      <ram:ApplicableTradeTax><ram:CalculatedAmount>${DRAWN.tax}</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode><ram:${percent}>${DRAWN.rate}</ram:${percent}></ram:ApplicableTradeTax>
      <ram:${sums('Header')}><ram:LineTotalAmount>${DRAWN.net}</ram:LineTotalAmount><ram:GrandTotalAmount>${DRAWN.total}</ram:GrandTotalAmount></ram:${sums('Header')}>
    </ram:${part('Settlement')}>
  </rsm:${trade}>
</rsm:${root}>`;
}
