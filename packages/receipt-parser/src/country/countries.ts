import type { CountryCode } from 'libphonenumber-js/min';
import type { DateOrder } from '../dates/scan-dates.ts';

/** What is usual in a country where a receipt leaves it open, and what gives the country away. */
export interface Country {
  readonly code: CountryCode;
  readonly currency: string;
  readonly date_order: DateOrder;
  /** Telephone calling code, without the plus. */
  readonly calling_code: string;
  /** Folded words, and pairs of words, that hardly any other country's receipts have: forms, taxes, places, words. */
  readonly words: string;
}

/** Receipts of other countries are read as well; for these, currency and telephone numbers are known without a mark. */
export const COUNTRIES: readonly Country[] = [
  {
    code: 'MY',
    currency: 'MYR',
    date_order: 'dmy',
    calling_code: '60',
    words: 'SDN BHD RM JALAN JLN TAMAN SELANGOR LUMPUR JOHOR MALAYSIA PENANG PERAK TUNAI BAKI',
  },
  { code: 'SG', currency: 'SGD', date_order: 'dmy', calling_code: '65', words: 'PTE SINGAPORE UEN S$ NETS' },
  {
    code: 'ID',
    currency: 'IDR',
    date_order: 'dmy',
    calling_code: '62',
    words: 'RP RP. PPN INDONESIA JAKARTA NPWP TUNAI KEMBALI BANDUNG SURABAYA',
  },
  { code: 'US', currency: 'USD', date_order: 'mdy', calling_code: '1', words: 'SALES_TAX USA LLC INC' },
  {
    code: 'CA',
    currency: 'CAD',
    date_order: 'dmy',
    calling_code: '1',
    words: 'HST TVQ TPS QST PST CANADA INTERAC ONTARIO QUEBEC TORONTO MONTREAL VANCOUVER',
  },
  { code: 'GB', currency: 'GBP', date_order: 'dmy', calling_code: '44', words: '£ VAT LONDON ENGLAND SCOTLAND WALES' },
  { code: 'IE', currency: 'EUR', date_order: 'dmy', calling_code: '353', words: 'IRELAND DUBLIN CORK' },
  {
    code: 'AU',
    currency: 'AUD',
    date_order: 'dmy',
    calling_code: '61',
    words: 'ABN AUSTRALIA EFTPOS NSW VIC QLD PTY SYDNEY MELBOURNE A$',
  },
  {
    code: 'NZ',
    currency: 'NZD',
    date_order: 'dmy',
    calling_code: '64',
    words: 'ZEALAND AUCKLAND WELLINGTON CHRISTCHURCH NZ$',
  },
  {
    code: 'DE',
    currency: 'EUR',
    date_order: 'dmy',
    calling_code: '49',
    words:
      'MWST UST-IDNR USTID STEUERNR STEUER-NR GMBH SUMME BAR RUCKGELD DEUTSCHLAND BERLIN MUNCHEN HAMBURG DANK KASSENBON BON-NR',
  },
  { code: 'AT', currency: 'EUR', date_order: 'dmy', calling_code: '43', words: 'OSTERREICH WIEN GRAZ SALZBURG ATU' },
  {
    code: 'CH',
    currency: 'CHF',
    date_order: 'dmy',
    calling_code: '41',
    words: 'CHF SFR SCHWEIZ SUISSE SVIZZERA ZURICH GENEVE BASEL RAPPEN',
  },
  {
    code: 'FR',
    currency: 'EUR',
    date_order: 'dmy',
    calling_code: '33',
    words: 'TVA SIRET SARL EURL TTC RUE PARIS LYON FRANCE ESPECES MERCI A_PAYER MONTANT',
  },
  {
    code: 'BE',
    currency: 'EUR',
    date_order: 'dmy',
    calling_code: '32',
    words: 'BELGIE BELGIQUE BRUXELLES BRUSSEL ANTWERPEN GENT',
  },
  {
    code: 'ES',
    currency: 'EUR',
    date_order: 'dmy',
    calling_code: '34',
    words: 'CIF NIF CALLE AVDA ESPANA MADRID BARCELONA SEVILLA SIMPLIFICADA EFECTIVO GRACIAS CUOTA',
  },
  {
    code: 'MX',
    currency: 'MXN',
    date_order: 'dmy',
    calling_code: '52',
    words: 'RFC R.F.C MEXICO COL C.P DE_CV C.V CDMX GUADALAJARA EFECTIVO',
  },
  {
    code: 'PT',
    currency: 'EUR',
    date_order: 'dmy',
    calling_code: '351',
    words: 'PORTUGAL LISBOA PORTO CONTRIBUINTE LDA MULTIBANCO',
  },
  {
    code: 'BR',
    currency: 'BRL',
    date_order: 'dmy',
    calling_code: '55',
    words: 'R$ CNPJ CPF BRASIL LTDA CUPOM PAULO JANEIRO DINHEIRO TROCO',
  },
  {
    code: 'IT',
    currency: 'EUR',
    date_order: 'dmy',
    calling_code: '39',
    words: 'P.IVA PIVA COMMERCIALE SCONTRINO SRL S.R.L ITALIA ROMA MILANO CONTANTI IMPORTO TOTALE VIA',
  },
  {
    code: 'NL',
    currency: 'EUR',
    date_order: 'dmy',
    calling_code: '31',
    words: 'BTW KVK TOTAAL NEDERLAND AMSTERDAM ROTTERDAM UTRECHT PINNEN CONTANT BEDRAG',
  },
  {
    code: 'SE',
    currency: 'SEK',
    date_order: 'ymd',
    calling_code: '46',
    words: 'SEK ORG.NR ORGNR SVERIGE KVITTO MOMS STOCKHOLM GOTEBORG VAXEL ATT_BETALA',
  },
  {
    code: 'NO',
    currency: 'NOK',
    date_order: 'dmy',
    calling_code: '47',
    words: 'NOK MVA NORGE OSLO BERGEN BANKAXEPT A_BETALE KVITTERING',
  },
  {
    code: 'DK',
    currency: 'DKK',
    date_order: 'dmy',
    calling_code: '45',
    words: 'DKK CVR DANMARK DANKORT KOBENHAVN AT_BETALE BON',
  },
  {
    code: 'FI',
    currency: 'EUR',
    date_order: 'dmy',
    calling_code: '358',
    words: 'ALV YHTEENSA SUOMI HELSINKI OY KUITTI',
  },
  {
    code: 'PL',
    currency: 'PLN',
    date_order: 'ymd',
    calling_code: '48',
    words: 'PLN NIP PTU PARAGON POLSKA WARSZAWA KRAKOW Z_O.O GOTOWKA SUMA',
  },
  {
    code: 'CZ',
    currency: 'CZK',
    date_order: 'dmy',
    calling_code: '420',
    words: 'KC CZK DPH DIC CELKEM S.R.O PRAHA BRNO',
  },
  {
    code: 'HU',
    currency: 'HUF',
    date_order: 'ymd',
    calling_code: '36',
    words: 'FT HUF AFA KFT OSSZESEN BUDAPEST NYUGTA',
  },
  {
    code: 'TR',
    currency: 'TRY',
    date_order: 'dmy',
    calling_code: '90',
    words: 'KDV TOPLAM VKN TL ₺ TURKIYE ISTANBUL ANKARA NAKIT',
  },
  { code: 'JP', currency: 'JPY', date_order: 'ymd', calling_code: '81', words: 'JPY JAPAN TOKYO OSAKA' },
  { code: 'KR', currency: 'KRW', date_order: 'ymd', calling_code: '82', words: '₩ KRW KOREA SEOUL' },
  { code: 'TH', currency: 'THB', date_order: 'dmy', calling_code: '66', words: '฿ BAHT THB THAILAND BANGKOK' },
  {
    code: 'IN',
    currency: 'INR',
    date_order: 'dmy',
    calling_code: '91',
    words: '₹ GSTIN CGST SGST IGST RS RS. INR PVT INDIA',
  },
  {
    code: 'PH',
    currency: 'PHP',
    date_order: 'mdy',
    calling_code: '63',
    words: '₱ PHP PHILIPPINES MANILA BRGY VATABLE QUEZON',
  },
  { code: 'VN', currency: 'VND', date_order: 'dmy', calling_code: '84', words: '₫ VND VIETNAM HANOI' },
  { code: 'ZA', currency: 'ZAR', date_order: 'ymd', calling_code: '27', words: 'ZAR JOHANNESBURG PRETORIA DURBAN' },
];
