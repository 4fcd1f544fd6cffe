import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const id: Language = {
  code: 'id',
  months: ['JAN', 'FEB', 'MAR', 'APR', 'MEI', 'JUN', 'JUL', 'AGU', 'SEP', 'OKT', 'NOV', 'DES'],
  weekdays: ['SENIN', 'SELASA', 'RABU', 'KAMIS', 'JUMAT', 'SABTU', 'MINGGU'],
  labels: {
    aside: terms`ANDA HEMAT | HEMAT\b | TOTAL HEMAT | KUPON\b | STAMP\b | POIN\b | DPP`,
    subtotal: terms`SUB ?-?TTL | DPP\b | SUB ?JUMLAH | JML HARGA`,
    service_charge: terms`LAYANAN | SERVICE\b | SERVIS | BIAYA LAYANAN`,
    total: terms`JUMLAH | TOTAL BAYAR | GRAND TTL | TOTAL BELANJA | HARGA JUAL | TAGIHAN`,
    strong_total: terms`KESELURUHAN`,
    rounding: terms`PEMBULATAN`,
    tax: terms`PPN\b | PB ?-?1\b | PB\.1 | PJK\b | PAJAK | P\.P\.N | TAX PB1 | PB ?I\b | RESTO TAX | PAJAK RESTO`,
    discount: terms`POTONGAN | DISKON | DISC | POT\b | DISK\b`,
    tendered: terms`
      TUNAI | BAYAR | TUNA[I1L]\b | DEBIT | KARTU | QRIS | GOPAY | OVO\b | DANA\b | SHOPEEPAY | UANG | DIBAYAR | BCA\b
      | MANDIRI\b | NON TUNAI
    `,
    change: terms`KEMBALI | KEMBALIAN | KEMBAL[1L] | KEMB\b | SUSUK`,
    count: terms`BARANG | JML\b | ITEM\b | TOTAL ITEM | TTL QTY`,
    tip: terms`TIPS?\b | UANG TIP`,
  },
  words: {
    place: terms`JALAN | JL | KELURAHAN | KECAMATAN`,
    region: terms`INDONESIA`,
    column: terms`PRODUK | HARGA | JUMLAH | KETERANGAN`,
    document: terms`STRUK | NOTA`,
    phone: terms`TELP`,
  },
  phrases: {
    saving: terms`HEMAT`,
    greeting: terms`SELAMAT DATANG(?: DI)? | TERIMA KASIH`,
    sum_row: terms`JUMLAH | TUNAI | KEMBALI`,
    date_label: terms`TANGGAL | \bTGL\b`,
    time_label: terms`\bJAM\b`,
    discount_row: terms`POTONGAN | \bDISKON`,
    discount_first: terms`POTONGAN | DISKON`,
    legal_form: terms`^PT\.? (?=\D{4}) | ^CV\.? (?=\D{4})`,
    paid_by_cash: terms`\bTUNAI\b`,
    refund: terms`PENGEMBALIAN | RETUR\b`,
  },
};
