import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const fr: Language = {
  code: 'fr',
  months: ['JAN', 'FEV', 'MAR', 'AVR', 'MAI', 'JUIN', 'JUIL', 'AOU', 'SEP', 'OCT', 'NOV', 'DEC'],
  weekdays: ['LUNDI', 'MARDI', 'MERCRE', 'JEUDI', 'VENDRE', 'SAMEDI', 'DIMANC'],
  labels: {
    service_charge: terms`SERVICE\b(?! EN)`,
    amount: terms`MONTANT\b`,
    total: terms`SOMME\b | A PAYER | MONTANT DU | NET A PAYER | RESTE A PAYER | TOTAL TTC`,
    strong_total: terms`A PAYER | TTC`,
    subtotal: terms`SOUS-? ?TOTAL | TOTAL HT\b | MONTANT HT\b | PRIX HT\b`,
    rounding: terms`ARROND`,
    tax: terms`TVA\b | TPS\b | TVQ\b | T\.V\.A | DONT ?TVA | TAXES?\b`,
    discount: terms`REMISE | REDUC | PROMOTION | RABAIS | AVOIR\b | BON D'?ACHAT`,
    tip: terms`POURBOIRE`,
    deposit: terms`CONSIGNE`,
    tendered: terms`ESPECES | CARTE\b | CB\b | CARTE BANC | CHEQUE | CREDIT AGR | REGLEMENT`,
    change: terms`RENDU | MONNAIE`,
    aside: terms`FIDELI`,
  },
  words: {
    ordinal: terms`ER | EME`,
    place: terms`RUE | ALLEE | QUAI | CHEMIN | PASSAGE`,
    region: terms`BELGIQUE | SUISSE`,
    trade: terms`BOULANGERIE | SUPERMARCHE | PHARMACIE | BRASSERIE | MAGASIN | PATISSERIE`,
    column: terms`QTE | PRIX | ARTICLE | DESIGNATION | MONTANT`,
    document: terms`FACTURE`,
    document_alone: terms`FACTURE`,
    joining: terms`ET`,
  },
  phrases: {
    card_slip: terms`CARTE BANCAIRE | TICKET CLIENT | \bCB\b`,
    slogan: terms`
      CARTE BANCAIRE | OUVERT (?:DE|DU|TOUS|7) | SERVICE EN SALLE | VENDEUR | CAISSIER | TICKET CLIENT | EXEMPLAIRE
    `,
    greeting: terms`BIENVENUE ?(?:CHEZ|A|AU|DANS)? | BONJOUR | MERCI DE VOTRE VISITE | MERCI`,
    refund: terms`REMBOURSEMENT | \bAVOIR\b`,
    sum_row: terms`A PAYER | ESPECES | CARTE | RENDU`,
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
