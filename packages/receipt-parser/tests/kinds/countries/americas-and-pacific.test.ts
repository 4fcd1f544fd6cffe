import { describe, expect, it } from 'vitest';
import { ENGINES, read } from '../../support/read.ts';
import type { ExpectedReceipt } from './expected-receipt.ts';

const RECEIPTS: readonly ExpectedReceipt[] = [
  {
    name: 'br-nfce',
    rows: [
      'SUPERMERCADO BOM DIA LTDA',
      'CNPJ 12.345.678/0001-90',
      'RUA DAS FLORES 100 SAO PAULO',
      'DANFE NFC-e',
      'CODIGO DESCRICAO QTD UN VL UNIT | VL TOTAL',
      '001 7891000100103 LEITE INTEGRAL 1L',
      '2 UN X 4,99 | 9,98',
      '002 7891910000197 CAFE 500G',
      '1 UN X 20,29 | 20,29',
      'QTD. TOTAL DE ITENS | 2',
      'VALOR TOTAL R$ | 30,27',
      'FORMA DE PAGAMENTO | VALOR PAGO',
      'DINHEIRO | 50,00',
      'TROCO | 19,73',
      '08/10/2022 14:33:10',
    ],
    values: { date: '2022-10-08', total: '30.27', currency: 'BRL' },
    amounts: ['9.98', '20.29'],
  },
  {
    name: 'us-target',
    rows: [
      'TARGET',
      'Minneapolis North - 763-555-0133',
      '03/05/2022 04:31 PM',
      '055091234 T-SHIRT T | $9.99',
      '212190055 COFFEE N | $12.49',
      'SUBTOTAL | $22.48',
      'T = MN TAX 6.875% on $22.48 | $1.55',
      'TOTAL | $24.03',
      '*4417 VISA CHARGE | $24.03',
    ],
    values: { date: '2022-03-05', total: '24.03', currency: 'USD', taxes: ['1.55'] },
    amounts: ['9.99', '12.49'],
  },
  {
    name: 'ca-tims',
    rows: [
      'TIM HORTONS #1234',
      'Toronto, ON M5V 2T6',
      '2023-09-16 8:02 AM',
      '1 LRG COFFEE | 2.39',
      '1 BRKFST SAND | 4.09',
      'SUBTOTAL | 6.48',
      'HST 13% | 0.84',
      'TOTAL | 7.32',
      'DEBIT | 7.32',
      'HST # 123456789RT0001',
    ],
    values: { date: '2023-09-16', total: '7.32', currency: 'CAD', taxes: ['0.84'] },
    amounts: ['2.39', '4.09'],
  },
  {
    name: 'au-coles',
    rows: [
      'COLES SUPERMARKETS',
      'ABN 45 004 189 708',
      '24/12/2022 09:45',
      'PRAWNS 500G | 12.00',
      '%HAM HALF LEG | 19.50',
      '2 SUBTOTAL | $31.50',
      'Total for 2 items: | $31.50',
      'EFT | $31.50',
      'GST INCLUDED IN TOTAL | $1.77',
    ],
    values: { date: '2022-12-24', total: '31.50', currency: 'AUD' },
    amounts: ['12.00', '19.50'],
  },
  {
    name: 'nz-cafe',
    rows: [
      'CUBA STREET CAFE',
      'GST No 12-345-678 Wellington',
      '06 Feb 2022 10:12',
      'Flat White x2 | 10.00',
      'Scone | 13.00',
      'Total NZD | 23.00',
      'GST (15%) | 3.00',
      'EFTPOS | 23.00',
    ],
    values: { date: '2022-02-06', total: '23.00', currency: 'NZD' },
  },
  {
    name: 'mx-oxxo',
    rows: [
      'CADENA COMERCIAL OXXO SA DE CV',
      'RFC CCO8605231N4 Monterrey Mexico',
      '30/01/2022 21:10',
      'COCA COLA 600 | 18.00',
      'SABRITAS | 17.50',
      'CERVEZA | 29.00',
      'TOTAL M.N.$ | 64.50',
      'EFECTIVO | $100.00',
      'CAMBIO | $35.50',
    ],
    values: { date: '2022-01-30', total: '64.50', currency: 'MXN' },
  },
  {
    name: 'cl-jumbo',
    rows: [
      'JUMBO COSTANERA',
      'CENCOSUD RETAIL S.A. RUT 81.201.000-K Santiago Chile',
      '18-09-2022 12:05',
      'PAN MARRAQUETA | 1.990',
      'CARNE ASADO | 10.490',
      'TOTAL | $12.480',
      'DEBITO | $12.480',
    ],
    values: { date: '2022-09-18', total: '12480', currency: 'CLP' },
  },
  {
    name: 'ar-kiosko',
    rows: [
      'KIOSCO EL SOL',
      'CUIT 30-12345678-9 Buenos Aires Argentina',
      '12/11/2022 19:45',
      'ALFAJOR | 350,00',
      'CERVEZA | 1.500,00',
      'TOTAL $ | 1.850,00',
      'EFECTIVO | 2.000,00',
      'SU VUELTO | 150,00',
    ],
    values: { date: '2022-11-12', total: '1850.00', currency: 'ARS' },
  },
  {
    name: 'co-exito',
    rows: [
      'ALMACENES EXITO S.A.',
      'NIT 890.900.608-9 Bogota Colombia',
      '2022/12/16 18:20',
      'ARROZ DIANA | 9.900',
      'CAFE SELLO ROJO | 15.000',
      'TOTAL A PAGAR | $ 24.900',
    ],
    values: { date: '2022-12-16', total: '24900', currency: 'COP' },
  },
];

describe.each(ENGINES)('receipts of the Americas and the Pacific, %s', (_, parted) => {
  it.each(RECEIPTS)('$name', ({ rows, values, amounts }) => {
    const receipt = read(rows, parted);
    expect(receipt).toMatchObject(values);
    if (amounts !== undefined) expect(receipt.items.map(([, amount]) => amount)).toEqual(amounts);
  });
});
