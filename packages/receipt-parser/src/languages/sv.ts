import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const sv: Language = {
  code: 'sv',
  months: ['JAN', 'FEB FBR', 'MAR', 'APR', 'MAJ', 'JUN', 'JUL', 'AUG', 'SEP', 'OKT', 'NOV', 'DEC'],
  labels: {
    total: terms`SUMMA\b | ATT BETALA`,
    strong_total: terms`ATT BETALA`,
    subtotal: terms`MELLANSUMMA | DELSUM`,
    rounding: terms`AVRUNDN | ORESAVR`,
    tax: terms`MOMS\b`,
    tip: terms`DRICKS`,
    deposit: terms`PANT\b`,
    tendered: terms`KONTANT | KORT\b`,
    change: terms`VAXEL`,
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
