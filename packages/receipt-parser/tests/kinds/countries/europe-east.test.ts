import { describe, expect, it } from 'vitest';
import { ENGINES, read } from '../../support/read.ts';
import type { ExpectedReceipt } from './expected-receipt.ts';

const RECEIPTS: readonly ExpectedReceipt[] = [
  {
    name: 'pl-paragon',
    rows: [
      'SKLEP SPOZYWCZY ZABKA',
      'ul. Dluga 12, 00-238 Warszawa',
      'NIP 526-10-40-567',
      '2023-05-12 nr wydr.001234',
      'PARAGON FISKALNY',
      'MLEKO 3,2% A | 2 x3,99 | 7,98A',
      'SER GOUDA B | 1 x12,50 | 12,50B',
      'CHLEB C | 1 x6,99 | 6,99C',
      'SPRZEDAZ OPODATKOWANA A | 7,98',
      'PTU A 23% | 1,49',
      'PTU B 8% | 0,93',
      'PTU C 5% | 0,33',
      'SUMA PTU | 2,75',
      'SUMA PLN | 27,47',
      'GOTOWKA | 50,00',
      'RESZTA | 22,53',
    ],
    values: { date: '2023-05-12', total: '27.47', currency: 'PLN', tendered: '50.00', change: '22.53' },
    amounts: ['7.98', '12.50', '6.99'],
  },
  {
    name: 'tr-market',
    rows: [
      'MIGROS TICARET A.S.',
      'ATATURK CAD. NO:12 KADIKOY ISTANBUL',
      'TARIH 18.02.2023 SAAT 17:44',
      'FIS NO 0045',
      'SUT 1L %8 | *64,90',
      'PEYNIR %8 | *47,50',
      'TOPKDV | *8,33',
      'TOPLAM | *112,40',
      'NAKIT | *150,00',
      'PARA USTU | *37,60',
    ],
    values: { date: '2023-02-18', total: '112.40', currency: 'TRY' },
    amounts: ['64.90', '47.50'],
  },
  {
    name: 'gr-taverna',
    rows: [
      'ΤΑΒΕΡΝΑ Ο ΝΙΚΟΣ',
      'ΑΦΜ 123456789 ΔΟΥ Α ΑΘΗΝΩΝ',
      '06/08/2023 21:45',
      'ΧΩΡΙΑΤΙΚΗ | 8,50',
      'ΜΟΥΣΑΚΑΣ 2 x 13,00 | 26,00',
      'ΣΥΝΟΛΟ | 34,50',
      'ΜΕΤΡΗΤΑ | 50,00',
      'ΡΕΣΤΑ | 15,50',
    ],
    values: { date: '2023-08-06', total: '34.50', currency: 'EUR' },
  },
  {
    name: 'ru-pyat',
    rows: [
      'ПЯТЕРОЧКА',
      'ООО АГРОТОРГ ИНН 7825706086',
      '28.03.21 19:14',
      'ХЛЕБ | 45.90',
      'СЫР РОССИЙСКИЙ | 169.90',
      'ИТОГ | 215.80',
      'НАЛИЧНЫМИ | 500.00',
      'СДАЧА | 284.20',
    ],
    values: { date: '2021-03-28', total: '215.80', currency: 'RUB' },
  },
  {
    name: 'ua-atb',
    rows: [
      'АТБ-МАРКЕТ',
      'ПН 304872104175',
      '09-12-2021 18:03',
      'МОЛОКО | 38,50',
      'ХЛІБ | 54,90',
      'СУМА | 93,40',
      'ПДВ А 20% | 15,57',
      'ГОТІВКА ГРН | 100,00',
      'РЕШТА ГРН | 6,60',
    ],
    values: { date: '2021-12-09', total: '93.40', currency: 'UAH' },
  },
  {
    name: 'hu-spar',
    rows: [
      'SPAR MAGYARORSZAG KFT',
      'ADOSZAM: 10485824-2-07',
      'TEJ 1L C00 | 429',
      'KENYER C00 | 899',
      'SAJT A00 | 1 515',
      'OSSZESEN: | 2 843 Ft',
      'BANKKARTYA | 2 843 Ft',
      '2022.10.03. 17:20',
    ],
    values: { date: '2022-10-03', total: '2843', currency: 'HUF' },
  },
  {
    name: 'cz-lidl',
    rows: [
      'Lidl Česká republika',
      'DIČ: CZ26178541',
      'Mléko | 24,90 A',
      'Sýr | 119,90 A',
      'Chléb | 101,90 A',
      'Celkem Kč | 246,70',
      'Platba kartou | 246,70',
      'DPH A 15% základ 214,52 | 32,18',
      '19.3.2023 10:22',
    ],
    values: { date: '2023-03-19', total: '246.70', currency: 'CZK' },
  },
  {
    name: 'ro-mega',
    rows: [
      'MEGA IMAGE S.R.L.',
      'BUCURESTI SECTOR 1',
      'CIF RO6719278',
      '2.000 BUC X 5.99',
      'APA PLATA | 11.98 B',
      '1.000 BUC X 24.50',
      'CASCAVAL | 24.50 B',
      'TOTAL LEI | 36.48',
      'CARD | 36.48',
      'TVA B 9.00% | 3.01',
      'DATA: 06-05-2022 ORA: 19:03',
    ],
    values: { date: '2022-05-06', total: '36.48', currency: 'RON' },
  },
  {
    name: 'bg-fant',
    rows: [
      'ФАНТАСТИКО ГРУП ООД',
      'ЕИК 206255903 СОФИЯ',
      'МЛЯКО | 3.29 Б',
      'СИРЕНЕ | 11.08 Б',
      'ОБЩА СУМА | 14.37',
      'В БРОЙ | 20.00',
      'РЕСТО | 5.63',
      '11.07.2022 18:45:31',
    ],
    values: { date: '2022-07-11', total: '14.37' },
  },
  {
    name: 'hr-konzum',
    rows: [
      'KONZUM PLUS D.O.O.',
      'ZAGREB OIB: 62226620908',
      'Datum: 22.04.2023 12:40',
      'MLIJEKO | 1,29',
      'SIR GAUDA | 8,92',
      'KRUH | 4,99',
      'UKUPNO EUR | 15,20',
      'KARTICA | 15,20',
      'PDV 25% 12,16 | 3,04',
    ],
    values: { date: '2023-04-22', total: '15.20', currency: 'EUR' },
  },
];

describe.each(ENGINES)('receipts of eastern Europe, %s', (_, parted) => {
  it.each(RECEIPTS)('$name', ({ rows, values, amounts }) => {
    const receipt = read(rows, parted);
    expect(receipt).toMatchObject(values);
    if (amounts !== undefined) expect(receipt.items.map(([, amount]) => amount)).toEqual(amounts);
  });
});
