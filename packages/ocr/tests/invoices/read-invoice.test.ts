import { parseDocument } from '@slipstream/receipt-parser';
import { type Invoice, ocrDocumentSchema } from '@slipstream/shared';
import { describe, expect, it } from 'vitest';
import { decimalOf } from '../../src/invoices/invoice-values.ts';
import { readInvoice } from '../../src/invoices/read-invoice.ts';
import { readXml } from '../../src/invoices/xml.ts';
import { ciiInvoice, DRAWN, ublInvoice } from '../../testing/draw-invoice.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const IMAGE_ID = '00000000-0000-5000-8000-000000000000';

function receiptOf(invoice: Invoice) {
  const document = ocrDocumentSchema.parse({
    schema_version: 1,
    image: { width: 1, height: 1, orientation: 1, sha256: '0'.repeat(64) },
    engine: { name: 'document', version: '1', level: 'none', languages: [] },
    lines: [],
    regions: [],
    invoice,
  });
  return parseDocument(document, { image_id: IMAGE_ID });
}

describe('an e-invoice', () => {
  it.each([
    ['UBL', ublInvoice()],
    [
      'Peppol BIS Billing 3',
      ublInvoice('Invoice', 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0'),
    ],
    ['Factur-X, ZUGFeRD 2, XRechnung (CII)', ciiInvoice(2)],
    ['ZUGFeRD 1', ciiInvoice(1)],
  ])('in %s becomes a receipt whose every field is exact and sure', (_, xml) => {
    const [receipt, ...others] = receiptOf(readInvoice(bytes(xml)));
    expect(others).toEqual([]);
    const given = (value: string) => ({ value, text: value, confidence: 1, words: [], source: 'invoice' });
    expect(receipt).toMatchObject({
      merchant: {
        name: given(DRAWN.seller),
        address: given('Hauptweg 4, 00001 Lindental, DE'),
        tax_id: given(DRAWN.vat),
        phone: null,
      },
      date: given(DRAWN.date),
      currency: given('EUR'),
      receipt_number: given(DRAWN.number),
      line_items: DRAWN.lines.map(({ description, quantity, price, amount }) => ({
        description: given(description),
        quantity: given(quantity),
        unit_price: given(price),
        amount: given(amount),
      })),
      subtotal: given(DRAWN.net),
      taxes: [{ label: given('VAT'), rate: given(DRAWN.rate), amount: given(DRAWN.tax) }],
      total: given(DRAWN.total),
      needs_review: false,
      reasons: [],
    });
    expect(receipt?.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(receipt?.checks.map(({ id }) => id)).toContain('items_make_total');
  });

  it('that is a credit note has negative amounts, and still adds up', () => {
    const [receipt] = receiptOf(readInvoice(bytes(ublInvoice('CreditNote'))));
    expect(receipt?.total?.value).toBe('-50.58');
    expect(receipt?.line_items.map(({ amount }) => amount?.value)).toEqual(['-25.00', '-17.50']);
    expect(receipt?.checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('whose lines do not make its total is put up for review by the same arithmetic', () => {
    const [receipt] = receiptOf(readInvoice(bytes(ublInvoice().replace('>17.50</cbc:LineExt', '>71.50</cbc:LineExt'))));
    expect(receipt?.needs_review).toBe(true);
  });

  it.each([
    ['cut off', ublInvoice().slice(0, 900)],
    [
      'with a document type, which could expand without bound',
      `<!DOCTYPE x [<!ENTITY a "aa">]>${ublInvoice().slice(39)}`,
    ],
    ['of another kind', '<Invoices><Invoice/></Invoices>'],
    ['nested without end', '<Invoice>'.repeat(50_000)],
    ['in an encoding that is not known', ublInvoice().replace('UTF-8', 'x-unknown')],
    ['not in the encoding it names', `${ublInvoice()}\u00ff`],
  ])('%s is refused with its reason', (what, xml) => {
    const content = what.startsWith('not in') ? Buffer.from(xml, 'latin1') : bytes(xml);
    expect(() => readInvoice(content)).toThrow(expect.objectContaining({ code: 'IMAGE_UNREADABLE' }));
  });

  it.each([
    ['12.5000', '12.50'],
    ['0012', '12'],
    ['-0.00', '0.00'],
    ['+3.10', '3.10'],
    ['1.123456789', '1.123456'],
    ['1e5', null],
    ['', null],
  ])('the decimal %j is %j', (written, value) => expect(decimalOf(written)).toBe(value));

  it('leaves unknown entities as they are written, and decodes characters by number', () => {
    expect(readXml('<a b="&quot;x">&lt;&#233;&#x20AC;&unknown;</a>')).toMatchObject({ text: '<é€&unknown;' });
  });
});
