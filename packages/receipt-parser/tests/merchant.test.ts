import { describe, expect, it } from 'vitest';
import { findPhone, findTaxId, findWebsite } from '../src/merchant/contacts.ts';
import { findAddress } from '../src/merchant/find-address.ts';
import { findName } from '../src/merchant/find-name.ts';
import { headRows } from '../src/merchant/head-rows.ts';
import { findReceiptNumber } from '../src/payment/receipt-number.ts';
import { figuresOfPage, rowsOfPage } from './support/page.ts';

function nameOf(...rows: Parameters<typeof figuresOfPage>[0][number][]): string | undefined {
  const head = headRows(figuresOfPage(rows));
  return findName(head, findAddress(head))?.text;
}

function addressOf(...rows: string[]): string | undefined {
  return findAddress(headRows(figuresOfPage(rows)))?.text;
}

describe('findName', () => {
  it('takes the registered name below a trading name', () => {
    expect(
      nameOf('Sushi Corner', 'Harbour Foods Sdn Bhd', '(894996-D)', 'Lot 20, Jalan Damai', '50480 Kuala Lumpur'),
    ).toBe('Harbour Foods Sdn Bhd');
  });

  it.each([
    'CASH |',
    'Company',
    'G57 ID. NO :',
    'TAX 1NV0ICE',
    'RECElPT No. 000123',
    'VISA DEBIT',
    'Customer Copy',
    'Vielen Dank',
    'Ticket',
    'TERIMA KASIH',
    'Co. Reg No: 12345-X',
    'A |',
    '12345 |',
  ])('never takes "%s", which receipts print beside names', (junk) => {
    const rest = ['NO. 4, JALAN PAYA', '41150 KLANG'];
    expect(nameOf(junk, ...rest)).toBeUndefined();
    expect(nameOf(junk, 'ZENITH BOOKS', ...rest)).toBe('ZENITH BOOKS');
    expect(nameOf('ZENITH BOOKS', junk, ...rest)).toMatch(/^ZENITH BOOKS/);
  });

  it.each(['Netto', 'CASH CONVERTERS', 'Cash & Carry Depot', '7-ELEVEN', 'H&M'])('takes "%s", which is one', (name) => {
    expect(nameOf(name, 'NO. 4, JALAN PAYA', '41150 KLANG')).toBe(name);
  });

  it('leaves the registration number behind the name away', () => {
    expect(nameOf('KEDAI MAJU SDN BHD (519537-X)', 'NO. 4, JALAN PAYA', '41150 KLANG')).toBe('KEDAI MAJU SDN BHD');
  });

  it('leaves a registration number with a misread digit away', () => {
    expect(nameOf('KEDAI MAJU SDN BHD (1U79369-P)', 'NO. 4, JALAN PAYA', '41150 KLANG')).toBe('KEDAI MAJU SDN BHD');
  });

  it('takes the business with a registration number before what is printed larger above it', () => {
    const scribbled = [{ text: 'mira lestari', at: 10, scale: 1.8 }];
    expect(nameOf(scribbled, 'HILLTOP MACHINERY ENTERPRISE', '(JM0352019-K)', 'NO. 4, JALAN PAYA', '41150 KLANG')).toBe(
      'HILLTOP MACHINERY ENTERPRISE',
    );
  });

  it('leaves a stamp beside the name and a number scribbled above it away', () => {
    const stamped = [
      { text: 'HILLTOP ENTERPRISE', at: 2 },
      { text: 'POSTED', at: 21, scale: 1.6 },
    ];
    expect(nameOf(stamped, 'NO. 4, JALAN PAYA', '41150 KLANG')).toBe('HILLTOP ENTERPRISE');
    expect(nameOf('A03(27', 'SERI MELOR SDN BHD', 'NO. 4, JALAN PAYA', '41150 KLANG')).toBe('SERI MELOR SDN BHD');
  });

  it('joins a name that goes on in the next row', () => {
    expect(nameOf('HILLTOP HARDWARE &', 'ELECTRICAL', 'NO. 4, JALAN PAYA', '41150 KLANG')).toBe(
      'HILLTOP HARDWARE & ELECTRICAL',
    );
    expect(nameOf('MERANTI BOOK', 'CO. (M) SDN BHD', 'NO. 4, JALAN PAYA', '41150 KLANG')).toBe(
      'MERANTI BOOK CO. (M) SDN BHD',
    );
  });

  it('goes on with the row above where a row names nobody', () => {
    expect(nameOf('SERI MELOR', 'HARDWARE TRADING SDN BHD', '(000000-X)', 'NO 8, JALAN KEMUNING', '41150 KLANG')).toBe(
      'SERI MELOR HARDWARE TRADING SDN BHD',
    );
    expect(nameOf('Gemsbock', 'Bäckerei Konditorei AG', 'Brunngasse 5', '9999 Oberalp')).toBe(
      'Gemsbock Bäckerei Konditorei AG',
    );
    expect(nameOf('RED LANTERN', 'DINER', '1420 Harbor Street', 'Fairhaven, OR 97000')).toBe('RED LANTERN DINER');
  });

  it('leaves a list of trades below the name', () => {
    expect(nameOf('Le Pont Bleu', 'Café - Brasserie', '7 quai des Lilas', '75011 Paris')).toBe('Le Pont Bleu');
  });

  it('takes the first row where nothing tells more', () => {
    expect(nameOf('Zum Goldenen Anker', 'Hafenstraße 12', '20457 Hamburg', 'Tel. 040 123456')).toBe(
      'Zum Goldenen Anker',
    );
  });

  it('takes no title, greeting, former name or licence for the name', () => {
    expect(
      nameOf(
        'TAX INVOICE',
        'WELCOME',
        'ANGSANA RESTAURANTS SDN BHD',
        'FORMERLY KNOWN AS',
        'OLD ANGSANA SDN BHD',
        'NO. 4, JALAN PAYA',
        '41150 KLANG',
      ),
    ).toBe('ANGSANA RESTAURANTS SDN BHD');
  });

  it('finds the owner below the address', () => {
    expect(
      nameOf(
        'TAX INVOICE',
        'LOT 11, JALAN PERMAI',
        '81750 MASAI, JOHOR',
        'LESTARI FUEL ENTERPRISE',
        'CO. REG. NO: 001011128-T',
      ),
    ).toBe('LESTARI FUEL ENTERPRISE');
  });
});

describe('findAddress', () => {
  it.each([
    [
      [
        'Kedai Maju',
        'NO.53 55,57 & 59, JALAN SAGU 18,',
        'TAMAN DAYA,',
        '81100 JOHOR BAHRU,',
        'JOHOR.',
        'TEL: 07-1234567',
      ],
      'NO.53 55,57 & 59, JALAN SAGU 18, TAMAN DAYA, 81100 JOHOR BAHRU, JOHOR.',
    ],
    [['Bäckerei Korn GmbH', 'Lindenstraße 12', '10969 Berlin', 'Tel. 030 123'], 'Lindenstraße 12 10969 Berlin'],
    [
      ['Old Mill Coffee', '1200 Main Street', 'Springfield, IL 62701', '(503) 221-1234'],
      '1200 Main Street Springfield, IL 62701',
    ],
    [['The Quiet Page Ltd', '8 Market Lane, York YO1 8ST', '21 Jan 2026 16:40'], '8 Market Lane, York YO1 8ST'],
    [['The Kettle', '12 High Street', 'Lewes', 'BN7 2XE', 'Tel: 01273'], '12 High Street Lewes BN7 2XE'],
    [['Frischmarkt', 'Am Alten Wehr 12', '10969 Berlin', 'Tel. 030 123'], 'Am Alten Wehr 12 10969 Berlin'],
    [['Hoshi', 'Aoba 3-chome', '3-14-9 Aoba, Minamigawa'], 'Aoba 3-chome 3-14-9 Aoba, Minamigawa'],
    [['Le Zinc', '12 rue des Lilas', '75011 Paris', 'TVA: FR123'], '12 rue des Lilas 75011 Paris'],
  ])('reads %j', (rows, expected) => {
    expect(addressOf(...rows)).toBe(expected);
  });

  it('ends at telephone, tax number and title, and leaves the customer alone', () => {
    expect(
      addressOf(
        'KEDAI',
        'LOT 2, JALAN BANTING',
        '43800 DENGKIL',
        'GST ID : 000781500416',
        'TAX INVOICE',
        'BILL TO :',
        'NO 1 JALAN AMAN 2',
        '43800 DENGKIL',
      ),
    ).toBe('LOT 2, JALAN BANTING 43800 DENGKIL');
  });

  it('says nothing without an address', () => {
    expect(addressOf('Corner Shop', 'Receipt', 'Thank you')).toBeUndefined();
  });
});

describe('contacts', () => {
  it.each([
    ['TEL : 03-4021 0276', 'MY', '+60340210276'],
    ['Tel: +603-6262 9219 Fax: +603-6262 9220', null, '+60362629219'],
    ['FAX: 07-2514733 TEL: 07-2614733', 'MY', '+6072614733'],
    ['Tél. 01 42 22 33 44', 'FR', '+33142223344'],
    ['(503) 221-1234', 'US', '+15032211234'],
    ['Tel 5551234567', null, '5551234567'],
  ] as const)('reads the telephone of %s', (row, country, expected) => {
    expect(findPhone(rowsOfPage([row]), country)?.value).toBe(expected);
  });

  it('takes no fax, date or number of a bill for a telephone', () => {
    expect(findPhone(rowsOfPage(['FAX: 07-2514733', '25/12/2018', 'BILL 00118887']), 'MY')).toBeNull();
  });

  it('reads web addresses, not e-mail', () => {
    expect(findWebsite(rowsOfPage(['info@corner.com.my', 'visit WWW.CORNER.COM.MY']))?.value).toBe('www.corner.com.my');
    expect(findWebsite(rowsOfPage(['info@corner.com', 'GST REG.NO: 123']))).toBeNull();
  });

  it.each([
    ['GST ID : 000781500416', '000781500416'],
    ['(GST REG.NO: 001335787520)', '001335787520'],
    ['USt-IdNr.: DE123456789', 'DE123456789'],
    ['ABN: 51 824 753 556', '51824753556'],
    ['P.IVA 01234567890', '01234567890'],
    ['CNPJ: 12.345.678/0001-95', '12.345.678/0001-95'],
  ])('reads the tax number of %s', (row, expected) => {
    expect(findTaxId(rowsOfPage([row]))?.value).toBe(expected);
  });

  it.each([
    ['INVOICE NO : 18314/102/T0422', '18314/102/T0422'],
    ['Bon-Nr: 4711', '4711'],
    ['RECEIPT #: CS00040529 DATE: 24/05/2018', 'CS00040529'],
    ['Ticket N° A-724734', 'A-724734'],
  ])('reads the number of %s', (row, expected) => {
    expect(findReceiptNumber(rowsOfPage([row]))?.value).toBe(expected);
  });
});
