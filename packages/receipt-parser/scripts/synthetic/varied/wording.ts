import type { CountryProfile } from '../country-profile.ts';

/** What shops call the rows of the sum. */
export interface Wording {
  readonly subtotal: readonly string[];
  readonly total: readonly string[];
  readonly tax: readonly string[];
  readonly contained: readonly string[];
  readonly discount: readonly string[];
  readonly service: readonly string[];
  readonly tip: readonly string[];
  readonly rounding: readonly string[];
  readonly rounded: readonly string[];
  readonly cash: readonly string[];
  readonly card: readonly string[];
  readonly voucher: readonly string[];
  readonly change: readonly string[];
  readonly count: readonly string[];
  /** Figures that are no part of the sum. */
  readonly aside: readonly string[];
  readonly refund: readonly string[];
}

const ENGLISH: Wording = {
  subtotal: [
    'SUBTOTAL',
    'Sub Total',
    'SUB-TOTAL',
    'Sub Ttl',
    'Subtotal:',
    'SUB TOTAL',
    'Food Total',
    'NET SALES',
    'Items total',
    'MERCHANDISE TOTAL',
  ],
  total: [
    'TOTAL',
    'Total',
    'Total:',
    'TOTAL DUE',
    'AMOUNT DUE',
    'BALANCE DUE',
    'Balance Due',
    'GRAND TOTAL',
    'Order Total',
    'TOTAL AMOUNT',
    'TOTAL SALE',
    'Payment Due',
    'Bill Total',
    'NET TOTAL',
    'PLEASE PAY',
    'BALANCE',
    'Amount',
  ],
  tax: [
    'TAX',
    'Tax',
    'SALES TAX',
    'TAX 1',
    'State Tax',
    'TAX 8.250%',
    'GST',
    'HST 13%',
    'VAT',
    'Local Tax',
    'Tax:',
    'Taxes',
    'CITY TAX 2.5%',
  ],
  contained: ['Incl. VAT', 'VAT included', 'GST incl. in total', 'Includes tax of', 'TAX INCL'],
  discount: ['DISCOUNT', 'COUPON', 'Promo', 'Loyalty discount', 'STORE COUPON', '10% OFF', 'Member discount'],
  service: ['SERVICE CHARGE', 'Gratuity', 'Svc Chg 10%', 'Delivery fee', 'Service'],
  tip: ['TIP', 'Tip', 'GRATUITY', 'Tip amount'],
  rounding: ['ROUNDING', 'Rounding adj', 'Round off'],
  rounded: ['ROUNDED TOTAL', 'Total after rounding', 'Total rounded'],
  cash: ['CASH', 'Cash', 'CASH TENDERED', 'Cash tend', 'Tendered', 'Amount paid'],
  card: ['VISA', 'MASTERCARD', 'Credit Card', 'DEBIT', 'AMEX', 'Card', 'VISA CREDIT', 'EFT', 'MC'],
  voucher: ['GIFT CARD', 'Voucher', 'STORE CREDIT'],
  change: ['CHANGE', 'Change', 'CHANGE DUE', 'Change:', 'Cash change'],
  count: ['ITEM COUNT', 'Items:', 'TOTAL ITEMS', '# ITEMS SOLD', 'TOTAL QTY'],
  aside: [
    'YOU SAVED',
    'TOTAL SAVINGS',
    'Points balance',
    'REWARD BALANCE',
    'Avg. price',
    'Card balance',
    'You could have saved',
    'Year to date savings',
  ],
  refund: ['REFUND', 'RETURN', 'REFUND TOTAL', 'Credit'],
};

const GERMAN: Partial<Wording> = {
  subtotal: ['Zwischensumme', 'ZWISCHENSUMME', 'Summe netto'],
  total: ['SUMME', 'Gesamtbetrag', 'ZU ZAHLEN', 'TOTAL', 'Rechnungsbetrag', 'Summe EUR', 'Endbetrag', 'Betrag'],
  contained: ['enth. MwSt 19%', 'inkl. MwSt', 'davon 19% MwSt'],
  discount: ['Rabatt', 'Aktion', 'Sofortrabatt'],
  cash: ['BAR', 'Bar gegeben', 'Gegeben'],
  card: ['Kartenzahlung', 'girocard', 'EC-Karte', 'Visa'],
  change: ['Rückgeld', 'ZURÜCK', 'Rueckgeld'],
  voucher: ['Gutschein'],
  count: ['Posten:', 'Artikel'],
  aside: ['Sie sparen', 'Punktestand', 'Preisvorteil'],
  refund: ['GUTSCHRIFT', 'Retoure'],
};

const FRENCH: Partial<Wording> = {
  subtotal: ['Sous-total', 'TOTAL HT', 'SOUS TOTAL'],
  total: ['TOTAL TTC', 'NET A PAYER', 'A PAYER', 'TOTAL', 'Montant dû', 'Total EUR'],
  contained: ['dont TVA 20%', 'TVA incluse'],
  discount: ['Remise', 'Promotion'],
  cash: ['Espèces', 'ESPECES'],
  card: ['CB', 'Carte bancaire', 'CARTE'],
  change: ['Rendu', 'A rendre'],
  aside: ['Vous économisez', 'Solde fidélité'],
  refund: ['AVOIR', 'Remboursement'],
};

const INDONESIAN: Partial<Wording> = {
  subtotal: ['SUBTOTAL', 'Sub Total', 'Harga Jual', 'TOTAL ITEM'],
  total: ['TOTAL', 'Total Bayar', 'GRAND TOTAL', 'Total Belanja', 'TAGIHAN', 'Jumlah'],
  tax: ['PB1 10%', 'Pajak', 'PPN 10%', 'PB1', 'Tax 10%'],
  contained: ['PPN', 'DPP', 'Termasuk PPN'],
  discount: ['DISKON', 'Disc', 'Anda hemat', 'Voucher'],
  service: ['Service', 'Biaya layanan 5%'],
  rounding: ['Pembulatan', 'ROUNDING'],
  cash: ['TUNAI', 'Cash', 'Bayar', 'CASH'],
  card: ['Debit BCA', 'KARTU', 'QRIS', 'GoPay', 'Credit Card'],
  change: ['KEMBALI', 'Kembalian', 'CHANGE'],
  count: ['Total Qty', 'Item'],
  aside: ['ANDA HEMAT', 'Poin'],
};

const BY_COUNTRY: Readonly<Record<string, Partial<Wording>>> = {
  DE: GERMAN,
  AT: GERMAN,
  CH: GERMAN,
  FR: FRENCH,
  ID: INDONESIAN,
};

const ENGLISH_COUNTRIES = new Set(['US', 'CA', 'GB', 'AU', 'SG', 'MY']);

/** The words of a country's shops: its profile's own, its language's, and English where shops print that too. */
export function wordingOf({ code, labels, tax }: CountryProfile): Wording {
  const own: Partial<Wording> = {
    subtotal: [labels.subtotal],
    total: [labels.total],
    tax: [tax.name],
    contained: [tax.name],
    discount: [labels.discount],
    service: [labels.service],
    tip: [labels.tip],
    rounding: [labels.rounding],
    rounded: [labels.total],
    cash: [labels.cash],
    card: [labels.card],
    voucher: [labels.card],
    change: [labels.change],
    count: [labels.item_count.trim()],
    aside: [],
    refund: [labels.total],
  };
  const language = BY_COUNTRY[code];
  const english = ENGLISH_COUNTRIES.has(code) ? ENGLISH : null;
  const words = (of: keyof Wording): readonly string[] => {
    const all = [...(own[of] ?? []), ...(language?.[of] ?? []), ...(english?.[of] ?? [])];
    return all.length > 0 ? all : ENGLISH[of];
  };
  return {
    subtotal: words('subtotal'),
    total: words('total'),
    tax: words('tax'),
    contained: words('contained'),
    discount: words('discount'),
    service: words('service'),
    tip: words('tip'),
    rounding: words('rounding'),
    rounded: words('rounded'),
    cash: words('cash'),
    card: words('card'),
    voucher: words('voucher'),
    change: words('change'),
    count: words('count'),
    aside: words('aside'),
    refund: words('refund'),
  };
}
