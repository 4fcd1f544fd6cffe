import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const nl: Language = {
  code: 'nl',
  months: ['JAN', 'FEB', 'MRT MAAR', 'APR', 'MEI', 'JUN', 'JUL', 'AUG', 'SEP', 'OKT', 'NOV', 'DEC'],
  weekdays: ['MAANDA', 'DINSDA', 'WOENSD', 'DONDER', 'VRIJDA', 'ZATERD', 'ZONDAG'],
  labels: {
    aside: terms`UW VOORDEEL | VOORDEEL TOTAAL | BONUS BOX | UW KORTING`,
    subtotal: terms`SUB ?-?TOTAAL | TUSSENTOTAAL`,
    amount: terms`BEDRAG\b`,
    total: terms`TOTAAL | TE BETALEN | EINDTOTAAL`,
    strong_total: terms`TE BETALEN`,
    rounding: terms`AFROND`,
    tax: terms`BTW\b`,
    discount: terms`KORTING | BONUS\b | ACTIE\b | VOORDEELTJE`,
    tip: terms`FOOI\b`,
    deposit: terms`STATIEGELD`,
    tendered: terms`CONTANT | BANKPAS | PINNEN | PIN\b | BETAALD | BETALING | BANCONTACT | KAART`,
    change: terms`WISSELGELD | TERUG\b`,
  },
  words: {
    article: terms`DE | HET`,
    region: terms`NEDERLAND | BELGIE`,
    trade: terms`SUPERMARKT`,
    column: terms`AANTAL | OMSCHRIJVING | PRIJS | BEDRAG`,
    document: terms`BON`,
  },
  phrases: {
    saving: terms`VOORDEEL`,
    greeting: terms`WELKOM(?: BIJ)? | BEDANKT`,
    refund: terms`RETOUR(?:BON)?$ | CREDITNOTA | TERUGBETALING`,
    paid_by_debit: terms`PINNEN | BANCONTACT`,
    date_label: terms`DATUM`,
    time_label: terms`\bTIJD\b`,
    tax_part: terms`\bWAARVAN`,
    discount_row: terms`KORTING`,
    discount_first: terms`KORTING`,
    legal_form: terms`\b(?:NV|BV)\.?$ | \bB\.?V\b | \bN\.?V\b`,
    place_ending: terms`STRAAT\b | [A-Z\u00c0-\uffff]LAAN\b | [A-Z\u00c0-\uffff]PLEIN\b | ^MARKT \d`,
    paid_by_cash: terms`CONTANT`,
  },
};
