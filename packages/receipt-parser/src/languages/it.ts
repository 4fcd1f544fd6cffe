import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const it: Language = {
  code: 'it',
  months: ['GEN', 'FEB', 'MAR', 'APR', 'MAG', 'GIU', 'LUG', 'AGO', 'SET', 'OTT', 'NOV', 'DIC'],
  labels: {
    subtotal: terms`IMPONIBILE`,
    rounding: terms`ARROTOND`,
    tax: terms`IVA\b | I\.V\.A\b`,
    discount: terms`SCONTO`,
    service_charge: terms`COPERTO | SERVIZIO`,
    tip: terms`MANCIA`,
    tendered: terms`CONTANT | CARTA\b | PAGATO | PAGAMENTO`,
    change: terms`RESTO\b`,
    count: terms`ARTICOLI`,
  },
  words: {
    place: terms`VIA | VIALE | PIAZZA | CORSO`,
    region: terms`ITALIA`,
    trade: terms`RISTORANTE | CAFFE | PIZZERIA | FARMACIA | TRATTORIA | GELATERIA | PANIFICIO`,
    column: terms`DESCRIZIONE | PREZZO | IMPORTO`,
    document: terms`RICEVUTA | DOCUMENTO`,
    document_alone: terms`SCONTRINO`,
    joining: terms`E`,
  },
  phrases: {
    date_label: terms`\bDATA\b`,
    other_day: terms`SCAD`,
    time_label: terms`\bORA\b`,
    opening_hours: terms`ORARIO`,
    tax_part: terms`\bDI CUI`,
    tax_table: terms`\bALIQUOTA\b.*\bIMPON`,
    discount_row: terms`SCONTO`,
    discount_first: terms`SCONTO`,
    legal_form: terms`\bS\.?R\.?L\b | \bS\.?P\.?A\b | \bS\.?N\.?C\b`,
    no_name: terms`SCONTRINO | DOCUMENTO | BENVENUTI`,
    paid_by_card: terms`\bCARTA\b`,
    paid_by_cash: terms`CONTANT`,
  },
};
