import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const id: Language = {
  code: 'id',
  months: ['JAN', 'FEB', 'MAR', 'APR', 'MEI', 'JUN', 'JUL', 'AGU', 'SEP', 'OKT', 'NOV', 'DES'],
  labels: {
    total: terms`JUMLAH`,
    strong_total: terms`KESELURUHAN`,
    rounding: terms`PEMBULATAN`,
    tax: terms`PPN\b`,
    discount: terms`POTONGAN | DISKON`,
    tendered: terms`TUNAI | BAYAR`,
    change: terms`KEMBALI`,
    count: terms`BARANG`,
  },
  words: {
    place: terms`JALAN | JL | KELURAHAN | KECAMATAN`,
    region: terms`INDONESIA`,
    column: terms`PRODUK | HARGA | JUMLAH | KETERANGAN`,
    document: terms`STRUK | NOTA`,
    phone: terms`TELP`,
  },
  phrases: {
    date_label: terms`TANGGAL | \bTGL\b`,
    time_label: terms`\bJAM\b`,
    discount_row: terms`POTONGAN | \bDISKON`,
    discount_first: terms`POTONGAN | DISKON`,
    legal_form: terms`^PT\.? (?=\D{4}) | ^CV\.? (?=\D{4})`,
    paid_by_cash: terms`\bTUNAI\b`,
  },
};
