import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const ms: Language = {
  code: 'ms',
  months: ['JAN', 'FEB', 'MAC', 'APR', 'MEI', 'JUN', 'JUL', 'OGO', 'SEP', 'OKT', 'NOV', 'DIS'],
  labels: {
    service_charge: terms`CAJ PERKHIDMATAN`,
    total: terms`JUMLAH`,
    strong_total: terms`KESELURUHAN`,
    subtotal: terms`JUMLAH KECIL`,
    rounding: terms`PENGGENAPAN`,
    tax: terms`CUKAI\b | HARUS?\b | CUKAI PERKH`,
    discount: terms`DISKAUN | POTONGAN`,
    tendered: terms`TUNAI | BAYAR`,
    change: terms`BAKI\b`,
    count: terms`BARANG | KUANTITI`,
    tip: terms`TIPS?\b`,
  },
  words: {
    place: terms`
      JALAN | JLN | JIN | LORONG | LRG | PERSIARAN | LEBUH | LEBUHRAYA | LINGKARAN | TAMAN | TMN | BANDAR | BDR | KAMPUNG
      | KG | KAWASAN | PERINDUSTRIAN | SEKSYEN | SEK | BATU | DESA | PUSAT | WISMA | MENARA | BANGUNAN | KOMPLEKS | MEDAN
      | BUKIT | TINGKAT
    `,
    region: terms`
      JOHOR | SELANGOR | PERAK | KEDAH | KELANTAN | TERENGGANU | PAHANG | MELAKA | MALACCA | NEGERI SEMBILAN | N SEMBILAN
      | N\. ?SEMBILAN | NSEMBILAN | PENANG | PULAU PINANG | P PINANG | P\. ?PINANG | PPINANG | PERLIS | SABAH | SARAWAK
      | KUALA LUMPUR | KL | JB | K LUMPUR | K\. ?LUMPUR | KLUMPUR | PUTRAJAYA | LABUAN | W P | W\. ?P | WP
      | WILAYAH PERSEKUTUAN | DARUL EHSAN | DARUL TAKZIM | DARUL RIDZUAN | DARUL AMAN | DARUL IMAN | DARUL KHUSUS
      | DARUL NAIM | DARUL MAKMUR | D\.E | MALAYSIA
    `,
    trade: terms`PERNIAGAAN | SYARIKAT | RESTORAN | KOPITIAM | PASAR | PASARAYA | FARMASI | KLINIK | KEDAI | SERVIS`,
    document: terms`RESIT`,
  },
  phrases: {
    greeting: terms`SELAMAT DATANG(?: KE)?`,
    date_label: terms`TARIKH`,
    other_day: terms`SAMPAI | HINGGA`,
    time_label: terms`\bMASA\b | \bJAM\b`,
    head_row: terms`SDN`,
    discount_row: terms`DISKAUN | POTONGAN`,
    discount_first: terms`DISKAUN | POTONGAN`,
    legal_form: terms`\bS[DO0]N\.? ?[B8EH][HN]?[DO0]\b | \bS ?\/ ?B\b | \bBHD\b | \bB[HN]D\.?$ | \bPLT\b`,
    no_name: terms`\bRESIT\b`,
    paid_by_cash: terms`\bTUNAI\b`,
  },
};
