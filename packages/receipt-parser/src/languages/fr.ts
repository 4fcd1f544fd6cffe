import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const fr: Language = {
  code: 'fr',
  months: ['JAN', 'FEV', 'MAR', 'AVR', 'MAI', 'JUIN', 'JUIL', 'AOU', 'SEP', 'OCT', 'NOV', 'DEC'],
  labels: {
    total: terms`A PAYER | MONTANT DU`,
    strong_total: terms`A PAYER | TTC`,
    subtotal: terms`SOUS-? ?TOTAL | (?:TOTAL|MONTANT|PRIX) HT\b`,
    rounding: terms`ARROND`,
    tax: terms`TVA\b | TPS\b | TVQ\b`,
    discount: terms`REMISE`,
    tip: terms`POURBOIRE`,
    deposit: terms`CONSIGNE`,
    tendered: terms`ESPECES | CARTE\b | CB\b`,
    change: terms`RENDU | MONNAIE`,
    aside: terms`FIDELI`,
  },
  words: {
    place: terms`RUE | ALLEE | QUAI | CHEMIN | PASSAGE`,
    region: terms`BELGIQUE | SUISSE`,
    trade: terms`BOULANGERIE | SUPERMARCHE | PHARMACIE | BRASSERIE | MAGASIN | PATISSERIE`,
    column: terms`QTE | PRIX | ARTICLE | DESIGNATION | MONTANT`,
    document: terms`FACTURE`,
    document_alone: terms`FACTURE`,
    joining: terms`ET`,
  },
  phrases: {
    other_day: terms`VALABLE`,
    time_label: terms`\bHEURE\b`,
    opening_hours: terms`HORAIRE`,
    tax_part: terms`\bDONT\b`,
    inclusive: terms`TTC`,
    tax_table: terms`\bTAUX\b.*\b(?:HT|TVA)\b`,
    discount_row: terms`REMISE`,
    discount_first: terms`REMISE`,
    legal_form: terms`\bS\.?A\.?R\.?L\b | \bSAS\b | \bS\.A\.S\b | \bEURL\b | \bSA\.?$`,
    no_name: terms`\bFACTURE?A?\b | BIENVENUE`,
    paid_by_card: terms`\bCARTE\b | \bCB\b`,
    paid_by_cash: terms`ESPECES`,
  },
};
