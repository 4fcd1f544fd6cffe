import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const sv: Language = {
  code: 'sv',
  months: ['JAN', 'FEB FBR', 'MAR', 'APR', 'MAJ', 'JUN', 'JUL', 'AUG', 'SEP', 'OKT', 'NOV', 'DEC'],
  weekdays: ['MANDAG', 'TISDAG', 'ONSDAG', 'TORSDA', 'FREDAG', 'LORDAG', 'SONDAG'],
  labels: {
    discount: terms`RABATT`,
    amount: terms`BELOPP\b`,
    total: terms`SUMMA\b | ATT BETALA | TOTALT | TOTALSUMMA | ATT BET\b | SLUTSUMMA`,
    strong_total: terms`ATT BETALA`,
    subtotal: terms`MELLANSUMMA | DELSUM`,
    rounding: terms`AVRUNDN | ORESAVR`,
    tax: terms`MOMS\b`,
    tip: terms`DRICKS`,
    deposit: terms`PANT\b`,
    tendered: terms`KONTANT | KORT\b | BETALT | MOTTAGET | SWISH | BANKKORT | BETALKORT`,
    change: terms`VAXEL | TILLBAKA`,
    count: terms`ANTAL\b`,
  },
  words: {
    region: terms`SVERIGE`,
    trade: terms`BUTIK | BAGERI`,
    column: terms`ANTAL | VARA | PRIS | BELOPP`,
    document: terms`KVITTO`,
    document_alone: terms`KVITTO`,
  },
  phrases: {
    greeting: terms`VALKOMMEN(?: TILL)? | TACK`,
    refund: terms`RETUR(?:KVITTO)?$ | KREDITNOTA | ATERKOP | ATERBETALNING`,
    sum_row: terms`SUMMA | ATT BETALA | KONTANT | \bKORT\b`,
    date_label: terms`DATUM`,
    time_label: terms`\bKLOCKAN\b | \bKL\b | \bTID\b`,
    tax_part: terms`\bVARAV`,
    legal_form: terms`\bAB\.?$`,
    registration: terms`\bORG\.? ?NR | ORG\.NR`,
    place_ending: terms`GATAN\b | VAGEN\b`,
    paid_by_card: terms`\bKORT\b`,
    paid_by_cash: terms`KONTANT`,
  },
};
