import type { CountryCode } from 'libphonenumber-js/min';
import type { DateOrder } from '../dates/scan-dates.ts';

/** What is usual in a country where a receipt leaves it open, and what gives the country away. */
export interface Country {
  readonly code: CountryCode;
  readonly currency: string;
  readonly date_order: DateOrder;
  /** Strong evidence in folded text: registered forms, tax names, the country's name, telephone prefix, web domain. */
  readonly evidence: RegExp;
}

/** Receipts of other countries are read as well; for these, currency and telephone numbers are known without a mark. */
export const COUNTRIES: readonly Country[] = [
  {
    code: 'MY',
    currency: 'MYR',
    date_order: 'dmy',
    evidence:
      /\bSDN\.? ?BHD\b|\bRM ?\d|\(RM\)|\bJALAN\b|\bSELANGOR\b|KUALA LUMPUR|\bJOHOR\b|MALAYSIA|\.MY\b|\+60|\bTAMAN\b|\bMYR\b/,
  },
  {
    code: 'SG',
    currency: 'SGD',
    date_order: 'dmy',
    evidence: /\bPTE\.? ?LTD\b|\bSINGAPORE\b|S\$|\.SG\b|\bSGD\b|\+65|\bUEN\b/,
  },
  {
    code: 'ID',
    currency: 'IDR',
    date_order: 'dmy',
    evidence: /\bRP\.? ?\d|\bPPN\b|INDONESIA|JAKARTA|\bNPWP\b|\.ID\b|\+62|\bIDR\b|\bJL\./,
  },
  {
    code: 'US',
    currency: 'USD',
    date_order: 'mdy',
    evidence:
      /\b(?:A[LKZR]|C[AOT]|DE|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY]) \d{5}\b|SALES TAX|\bUSA\b|\bUSD\b|\bLLC\b|\bSUBTOTAL\b.*\$/,
  },
  {
    code: 'CA',
    currency: 'CAD',
    date_order: 'dmy',
    evidence: /\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b|\bHST\b|\bTVQ\b|\bQST\b|\bPST\b|CANADA|\bCAD\b|\.CA\b/,
  },
  {
    code: 'GB',
    currency: 'GBP',
    date_order: 'dmy',
    evidence: /£|\bVAT (?:REG )?NO|\bGB ?\d{9}\b|\.CO\.UK|\+44|\bGBP\b|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b/,
  },
  { code: 'IE', currency: 'EUR', date_order: 'dmy', evidence: /\.IE\b|IRELAND|DUBLIN|\+353/ },
  {
    code: 'AU',
    currency: 'AUD',
    date_order: 'dmy',
    evidence: /\bABN\b|AUSTRALIA|\.COM\.AU|A\$|\bAUD\b|\+61|\b(?:NSW|VIC|QLD|TAS) \d{4}\b/,
  },
  { code: 'NZ', currency: 'NZD', date_order: 'dmy', evidence: /NEW ZEALAND|\.CO\.NZ|NZ\$|\bNZD\b|\+64|AUCKLAND/ },
  {
    code: 'DE',
    currency: 'EUR',
    date_order: 'dmy',
    evidence: /\bMWST\b|\bUST-?ID|STEUER-?NR|\bGMBH\b|STRASSE\b|\bSUMME\b|\bDE ?\d{9}\b|\.DE\b|\+49|DEUTSCHLAND/,
  },
  { code: 'AT', currency: 'EUR', date_order: 'dmy', evidence: /\bATU ?\d{8}\b|OSTERREICH|\.AT\b|\+43|\bWIEN\b/ },
  {
    code: 'CH',
    currency: 'CHF',
    date_order: 'dmy',
    evidence: /\bCHF\b|\bCHE-?\d{3}|SCHWEIZ|SUISSE|SVIZZERA|\.CH\b|\+41|RAPPEN/,
  },
  {
    code: 'FR',
    currency: 'EUR',
    date_order: 'dmy',
    evidence: /\bTVA\b|\bSIRET\b|\bSARL\b|\bTTC\b|\bRUE\b|\.FR\b|\+33|FRANCE|\bA PAYER\b/,
  },
  { code: 'BE', currency: 'EUR', date_order: 'dmy', evidence: /BELGI|\bBE ?0\d{9}\b|\.BE\b|\+32|BRUXELLES|BRUSSEL/ },
  {
    code: 'ES',
    currency: 'EUR',
    date_order: 'dmy',
    evidence:
      /\bC\.?I\.?F\b|\bN\.?I\.?F\b|\bCALLE\b|\bAVDA\b|ESPANA|MADRID|\.ES\b|\+34|\bS\.L\.|FACTURA SIMPLIFICADA|\bEFECTIVO\b.*\bEUR|\bIVA INCL/,
  },
  {
    code: 'MX',
    currency: 'MXN',
    date_order: 'dmy',
    evidence: /\bR\.?F\.?C\b|MEXICO|\bCOL\.|\bDE C\.?V\b|\.MX\b|\+52|\bMXN\b|\bC\.?P\.? ?\d{5}/,
  },
  {
    code: 'PT',
    currency: 'EUR',
    date_order: 'dmy',
    evidence: /PORTUGAL|LISBOA|CONTRIBUINTE|\.PT\b|\+351|\bLDA\b|\bRUA\b.*\d{4}-\d{3}/,
  },
  {
    code: 'BR',
    currency: 'BRL',
    date_order: 'dmy',
    evidence: /\bR\$|\bCNPJ\b|BRASIL|\bLTDA\b|\.BR\b|\+55|CUPOM FISCAL|\bCPF\b/,
  },
  {
    code: 'IT',
    currency: 'EUR',
    date_order: 'dmy',
    evidence:
      /\bP\.? ?IVA\b|DOCUMENTO COMMERCIALE|SCONTRINO|\bS\.?R\.?L\b|ITALIA|\.IT\b|\+39|\bVIA\b.*\d{5}|\bDI CUI IVA\b/,
  },
  {
    code: 'NL',
    currency: 'EUR',
    date_order: 'dmy',
    evidence: /\bBTW\b|\bKVK\b|TOTAAL|NEDERLAND|\.NL\b|\+31|\b\d{4} ?[A-Z]{2}\b.*(?:AMSTERDAM|UTRECHT|ROTTERDAM)/,
  },
  {
    code: 'SE',
    currency: 'SEK',
    date_order: 'ymd',
    evidence: /\bSEK\b|ORG\.? ?NR|SVERIGE|\bKVITTO\b|\bMOMS\b.*%|\.SE\b|\+46|GATAN\b|\bATT BETALA\b|\bVAXEL\b/,
  },
  {
    code: 'NO',
    currency: 'NOK',
    date_order: 'dmy',
    evidence: /\bNOK\b|\bMVA\b|NORGE|\.NO\b|\+47|BANKAXEPT|\bA BETALE\b/,
  },
  {
    code: 'DK',
    currency: 'DKK',
    date_order: 'dmy',
    evidence: /\bDKK\b|\bCVR\b|DANMARK|\.DK\b|\+45|DANKORT|\bAT BETALE\b/,
  },
  {
    code: 'PL',
    currency: 'PLN',
    date_order: 'ymd',
    evidence: /\bPLN\b|\bNIP\b|\bPTU\b|PARAGON|POLSKA|\.PL\b|\+48|\bSP\.? Z ?O/,
  },
  {
    code: 'CZ',
    currency: 'CZK',
    date_order: 'dmy',
    evidence: /\bKC\b|\bCZK\b|\bDPH\b|\bDIC\b|\bCELKEM\b|S\.R\.O|\.CZ\b|\+420/,
  },
  {
    code: 'TR',
    currency: 'TRY',
    date_order: 'dmy',
    evidence: /\bKDV\b|TOPLAM|\bVKN\b|\bTL\b|₺|TURKIYE|\.COM\.TR|\+90/,
  },
  { code: 'JP', currency: 'JPY', date_order: 'ymd', evidence: /[ぁ-ゖァ-ヺ]|円|税込|領収|合計|\+81|\bJPY\b|\.JP\b/ },
  { code: 'KR', currency: 'KRW', date_order: 'ymd', evidence: /[가-힣]|₩|\+82|\bKRW\b/ },
  { code: 'TH', currency: 'THB', date_order: 'dmy', evidence: /[ก-ฮ]|฿|\bBAHT\b|\bTHB\b|THAILAND|\+66|BANGKOK/ },
  {
    code: 'IN',
    currency: 'INR',
    date_order: 'dmy',
    evidence: /₹|\bGSTIN\b|\bCGST\b|\bSGST\b|\bRS\.? ?\d|\bINR\b|\.IN\b|\+91|\bPVT\b/,
  },
  {
    code: 'PH',
    currency: 'PHP',
    date_order: 'mdy',
    evidence: /₱|\bPHP\b|PHILIPPINES|MANILA|\bBRGY\b|\+63|\bVATABLE\b/,
  },
  { code: 'VN', currency: 'VND', date_order: 'dmy', evidence: /₫|\bVND\b|VIET ?NAM|TONG CONG|\+84|TIEN MAT/ },
  {
    code: 'ZA',
    currency: 'ZAR',
    date_order: 'ymd',
    evidence: /\bZAR\b|SOUTH AFRICA|\.CO\.ZA|\+27|\(PTY\)|\bR ?\d+[.,]\d\d\b.*\bVAT\b/,
  },
];
