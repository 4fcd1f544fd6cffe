import { describe, expect, it } from 'vitest';
import { ENGINES, read } from '../support/read.ts';

describe.each(ENGINES)('an Indonesian receipt, %s', (_, parted) => {
  it('has points for thousands, PB1, Tunai and Kembali', () => {
    const rows = ['KOPI SENJA', 'PT RASA NUSANTARA', 'Jl. Kenanga No. 12, Bandung', '12.03.25 19:42'];
    const sums = ['Subtotal | 58.000', 'PB1 10% | 5.800', 'Total | 63.800', 'Tunai | 100.000', 'Kembali | 36.200'];
    expect(read([...rows, '2 x 18.000 Es Kopi | 36.000', 'Roti Bakar | 22.000', ...sums], parted)).toMatchObject({
      merchant: 'KOPI SENJA',
      date: '2025-03-12',
      currency: 'IDR',
      items: [
        ['Es Kopi', '36000'],
        ['Roti Bakar', '22000'],
      ],
      subtotal: '58000',
      taxes: ['5800'],
      total: '63800',
      tendered: '100000',
      change: '36200',
      reasons: [],
    });
  });

  it('has commas for thousands, and a clock directly behind the day', () => {
    const rows = ['MINIMART SEGAR', 'JL MELATI 8 JAKARTA', '14.06.18-20:15/1.2.33'];
    const items = ['MIE GORENG | 3 | 2,500 | 7,500', 'TEH BOTOL | 1 | 4,000 | 4,000', 'SABUN | 1 | 15,900 | 15,900'];
    const sums = ['HARGA JUAL : | 27,400', 'TOTAL : | 27,400', 'TUNAI : | 50,000', 'KEMBALI : | 22,600', 'PPN : 2,490'];
    expect(read([...rows, ...items, ...sums], parted)).toMatchObject({
      date: '2018-06-14',
      items: [
        ['MIE GORENG', '7500'],
        ['TEH BOTOL', '4000'],
        ['SABUN', '15900'],
      ],
      quantities: ['3', '1', '1'],
      taxes: ['2490'],
      total: '27400',
      reasons: [],
    });
  });

  it('sets the name of an item above its quantity', () => {
    const rows = ['WARUNG IBU TINI', 'Tgl 05-11-2019 12:30', 'Nasi Goreng', '2 x 25.000 | 50.000', 'Es Teh Manis'];
    const sums = ['2 x 8.000 | 16.000', 'Total Item : 4', 'Total Bayar | Rp 66.000', 'Cash | Rp 70.000'];
    expect(read([...rows, ...sums, 'Kembalian | Rp 4.000'], parted)).toMatchObject({
      date: '2019-11-05',
      items: [
        ['Nasi Goreng', '50000'],
        ['Es Teh Manis', '16000'],
      ],
      quantities: ['2', '2'],
      total: '66000',
      change: '4000',
    });
  });

  it('adds service and tax, and rounds to hundreds', () => {
    const rows = ['RESTO PADANG SARI', 'Date: 21 Agu 2018 13:05', 'Rendang | 2 | Rp30.000 | Rp60.000'];
    const sums = ['Sub Total | Rp82.000', 'Service 5% | Rp4.100', 'Pajak 10% | Rp8.610', 'Pembulatan | -10'];
    const paid = ['TOTAL | Rp94.700', 'Kartu Kredit | Rp94.700'];
    expect(read([...rows, 'Ayam Pop | 1 | Rp22.000 | Rp22.000', ...sums, ...paid], parted)).toMatchObject({
      date: '2018-08-21',
      subtotal: '82000',
      service_charge: '4100',
      taxes: ['8610'],
      rounding: '-10',
      total: '94700',
      reasons: [],
    });
  });

  it('prints whole prices without any mark', () => {
    const rows = ['GERAI AYAM', '2018-12-01 18:00:11', 'AYAM GORENG | 20000', 'NASI PUTIH | 12000', 'TOTAL | 32000'];
    expect(read([...rows, 'TUNAI | 50000', 'KEMBALI | 18000'], parted)).toMatchObject({
      items: [
        ['AYAM GORENG', '20000'],
        ['NASI PUTIH', '12000'],
      ],
      total: '32000',
      reasons: [],
    });
  });

  it('takes a discount off, with the brand above the company', () => {
    const rows = ['BAKERY ROTI ENAK', 'PT ROTI SEJAHTERA TBK', '01/02/2020 10:11', 'Pisang | @ 9.500 | 1 | 9.500'];
    const sums = ['Total 3 item | 31.500', 'Disc | -1.500', 'GRAND TOTAL | 30.000', 'BCA DEBIT | 30.000'];
    expect(read([...rows, 'Keju Manis | @ 11.000 | 2 | 22.000', ...sums], parted)).toMatchObject({
      merchant: 'BAKERY ROTI ENAK',
      date: '2020-02-01',
      quantities: ['1', '2'],
      discounts: ['-1500'],
      total: '30000',
      reasons: [],
    });
  });
});
