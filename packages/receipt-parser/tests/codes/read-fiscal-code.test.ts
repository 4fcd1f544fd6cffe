import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MONEY_SCALE } from '../../src/amounts/money.ts';
import { readFiscalCode } from '../../src/codes/read-fiscal-code.ts';

/** Tag, length, value, as ZATCA's codes are made. */
function tlv(values: readonly string[]): string {
  const bytes = values.flatMap((value, i) => {
    const text = new TextEncoder().encode(value);
    return [i + 1, text.length, ...text];
  });
  return btoa(String.fromCharCode(...bytes));
}
const base64Url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

const KEY = '35260312345678000190650010000012341000012345';
const HEX_TIME = Buffer.from('2026-03-14T18:05:00-03:00').toString('hex');

describe('a fiscal code', () => {
  it.each([
    [
      'PT ATCUD',
      'A:123456789*B:999999990*C:PT*D:FS*E:N*F:20260314*G:FS A/12*H:CSDF7T5H-12*I1:PT*I7:10.00*I8:2.30*N:2.30*O:12.30*Q:kLp0*R:9999',
      12.3,
      ['2026-03-14'],
    ],
    [
      'DE KassenSichV',
      'V0;955002-00;Kassenbeleg-V1;Beleg^10.00_2.30_0.00_0.00_0.00^12.30:Bar;18;112;2026-03-14T18:41:04.000Z;2026-03-14T18:41:05.000Z;ecdsa-plain-SHA256;utcTime;MEQ=;BHh=',
      12.3,
      ['2026-03-14'],
    ],
    [
      'AT RKSV',
      '_R1-AT1_DEMO-CASH-BOX817_83469_2026-03-14T11:42:02_10,00_2,30_0,00_0,00_0,00_hJg=_2B7A_cg8hNU5ihto=_wlI0==',
      12.3,
      ['2026-03-14'],
    ],
    ['RU FFD', 't=20260314T1837&s=12.30&fn=9282440300682838&i=46534&fp=1273019065&n=1', 12.3, ['2026-03-14']],
    ['BR SAT', `${KEY}|20260314123456|12.30|11122233344|c2ln`, 12.3, ['2026-03-14']],
    [
      'BR NFC-e',
      `http://nfce.example.gov.br/consulta?chNFe=${KEY}&nVersao=100&tpAmb=1&dhEmi=${HEX_TIME}&vNF=12.30&vICMS=0.00`,
      12.3,
      ['2026-03-14'],
    ],
    [
      'BR NFC-e',
      `https://www.sefaz.example.gov.br/nfce/qrcode?p=${KEY}|2|1|14|12.30|6a4b|1|ABCDEF`,
      12.3,
      ['2026-03-14'],
    ],
    [
      'SK eKasa',
      '9C2D0E1F-0A1B2C3D-4E5F6071-8293A4B5-C6D7E8F9:88812345678900001:260314123456:77:12.30',
      12.3,
      ['2026-03-14'],
    ],
    ['CZ SID', 'SID*1.0*ID:2026-77*DD:20260314*AM:12.30*CC:CZK*VII:CZ12345678', 12.3, ['2026-03-14']],
    ['CZ SPD', 'SPD*1.0*ACC:CZ5855000000001265098001*AM:12.30*CC:CZK*DT:20260331', 12.3, []],
    ['EU EPC', 'BCD\n002\n1\nSCT\nBICXXXXX\nShop\nDE00123456780000000000\nEUR12.30\n\n\nInvoice', 12.3, []],
    ['CH QR-bill', ['SPC', '0200', '1', 'CH00', ...Array(14).fill(''), '12.30', 'CHF'].join('\r\n'), 12.3, []],
    [
      'HR fiskalizacija',
      'https://porezna.gov.hr/rn?jir=0a8d7a5e-0000-4000-8000-000000000000&datv=20260314_1205&izn=12,30',
      12.3,
      ['2026-03-14'],
    ],
    ['HR fiskalizacija', 'https://porezna.gov.hr/rn?zki=00ff&datv=20260314_1205&izn=1230', 12.3, ['2026-03-14']],
    [
      'ME and AL fiscalisation',
      'https://mapr.tax.gov.me/ic/#/verify?iic=00FF&tin=12345678&crtd=2026-03-14T12:05:00+01:00&ord=7&prc=12.30',
      12.3,
      ['2026-03-14'],
    ],
    ['PL KSeF', 'https://ksef.mf.gov.pl/client-app/invoice/1234567890/14-03-2026/kLp0_-kLp0', null, ['2026-03-14']],
    [
      'ES Veri*Factu',
      'https://www2.agenciatributaria.gob.es/wlpl/TIKE-CONT/ValidarQR?nif=A00000000&numserie=12&fecha=14-03-2026&importe=12.30',
      12.3,
      ['2026-03-14'],
    ],
    [
      'ES TicketBAI',
      'https://batuz.eus/QRTBAI/?id=TBAI-00000006Y-140326-btFpwP8dcLGAF-237&s=T&nf=27174&i=12.30&cr=007',
      12.3,
      ['2026-03-14'],
    ],
    ['KZ fiscal data', 'http://consumer.oofd.kz?i=123&f=456&s=12.30&t=20260314T120500', 12.3, ['2026-03-14']],
    [
      'UA cash register',
      'https://cabinet.tax.gov.ua/cashregs/check?id=1&fn=4&sm=12.30&time=1205&date=20260314',
      12.3,
      ['2026-03-14'],
    ],
    [
      'MX CFDI',
      'https://verificacfdi.facturaelectronica.sat.gob.mx/default.aspx?id=00&re=AAA&rr=BBB&tt=0000000012.300000&fe=aa',
      12.3,
      [],
    ],
    ['IN UPI', 'upi://pay?pa=shop@bank&pn=Shop&am=12.30&cu=INR&tr=77', 12.3, []],
    [
      'IN GST',
      `eyJhbGciOiJSUzI1NiJ9.${base64Url({ data: JSON.stringify({ SellerGstin: '00', DocDt: '14/03/2026', TotInvVal: 12.3 }) })}.c2ln`,
      12.3,
      ['2026-03-14'],
    ],
    [
      'AR AFIP',
      `https://www.afip.gob.ar/fe/qr/?p=${Buffer.from(JSON.stringify({ ver: 1, fecha: '2026-03-14', importe: 12.3 })).toString('base64')}`,
      12.3,
      ['2026-03-14'],
    ],
    ['SA ZATCA', tlv(['A shop', '300000000000003', '2026-03-14T12:05:00', '12.30', '1.60']), 12.3, ['2026-03-14']],
  ])('%s is read: %s', (format, payload, total, days) => {
    expect(readFiscalCode(payload)).toEqual({
      format,
      total: total === null ? null : Math.round(total * MONEY_SCALE),
      days,
    });
  });

  it('in universal time is of every day that a clock on the wall can have shown', () => {
    const late = (time: string) =>
      `V0;1;Kassenbeleg-V1;Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar;1;2;${time};${time};a;b;c;d`;
    expect(readFiscalCode(late('2026-03-14T23:30:00.000Z'))?.days).toEqual(['2026-03-14', '2026-03-15']);
    expect(readFiscalCode(tlv(['A shop', '300000000000003', '2026-03-14T22:30:00Z', '12.30', '1.60']))?.days).toEqual([
      '2026-03-14',
      '2026-03-15',
    ]);
  });

  it('without a total, or with a day that is none, gives what it has', () => {
    const order = 'V0;1;Kassenbeleg-V1;AVBestellung^x;1;2;2026-03-14T10:00:00Z;2026-03-14T10:00:00Z;a;b;c;d';
    expect(readFiscalCode(order)).toEqual({ format: 'DE KassenSichV', total: null, days: ['2026-03-14'] });
    expect(readFiscalCode('t=20261399T1837&s=12.30&fn=1&i=2&fp=3&n=1')).toMatchObject({ days: [] });
    // Issued with a connection: key, version and a signature, of which no part is a total.
    expect(readFiscalCode(`https://nfce.example.gov.br/q?p=${KEY}|2|1|1|ABCDEF`)).toBeNull();
  });

  it.each([
    '5901234123457',
    'https://shop.example/app?am=12.30',
    'https://example.org/',
    'WIFI:T:WPA;S:guests;P:secret;;',
    'A receipt of 12.30',
    'AQ==',
    'eyJhbGciOiJSUzI1NiJ9.eyJkYXRhIjo.c2ln',
    'https://www.afip.gob.ar/fe/qr/?p=%%%',
    `A:${'9'.repeat(400)}`,
    '',
  ])('is not: %s', (payload) => {
    expect(readFiscalCode(payload)).toBeNull();
  });

  it('of any text whatever is read or is none, and never throws', { timeout: 60_000 }, () => {
    const starts = [
      '',
      'A:123456789*',
      'V0;',
      '_R1-AT1',
      't=20260314T1200',
      'SPD*1.0*',
      'BCD',
      'AQ',
      'https://www.afip.gob.ar/fe/qr/?p=',
      'https://nfce.example/?p=',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.string({ maxLength: 200, unit: 'binary' }), (start, rest) => {
        const code = readFiscalCode(start + rest);
        expect(code === null || code.days.every((day) => /^\d{4}-\d\d-\d\d$/.test(day))).toBe(true);
      }),
      { numRuns: 1_000, seed: 16 },
    );
  });
});
