import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const de: Language = {
  code: 'de',
  months: ['JAN JAEN', 'FEB', 'MAR MRZ MAER', 'APR', 'MAI', 'JUN', 'JUL', 'AUG', 'SEP', 'OKT', 'NOV', 'DEZ'],
  weekdays: ['MONTAG', 'DIENST', 'MITTWO', 'DONNER', 'FREITA', 'SAMSTA', 'SONNTA'],
  labels: {
    amount: terms`BETRAG\b`,
    total: terms`
      SUMME\b | GESAMT | ENDBETRAG | RECHNUNGSBETRAG | ZU ZAHLEN | ZAHLBETRAG | GESAMTBETRAG | RECHNUNGSSUMME
      | ENDSUMME | GESAMTSUMME | BRUTTOSUMME | TOTALBETRAG
    `,
    strong_total: terms`GESAMT | ZU ZAHLEN | ENDBETRAG | ZAHLBETRAG | ENDSUMME`,
    subtotal: terms`ZWISCHENSUMME | ZWISCHENTOTAL | NETTO | BRUTTO(?!.*SUMME)`,
    rounding: terms`RUNDUNG`,
    tax: terms`MWST\.?\b | UST\b | STEUER\b | MEHRWERTSTEUER | MWST | UMSATZSTEUER | UST\.?\b`,
    discount: terms`
      RABATT | GUTSCHEIN | PREISVORTEIL | NACHLASS | ERMASSIGUNG | SOFORTRABATT | AKTION\b | COUPON | PLUS RABATT
    `,
    service_charge: terms`BEDIENUNG | SERVICEPAUSCHALE | BEDIENUNGSGELD | SERVICEGEBUHR`,
    tip: terms`TRINKGELD | TRINKG`,
    deposit: terms`PFAND\b`,
    tendered: terms`
      BAR\b | BARGELD | GEGEBEN | ERHALTEN | KARTE | KARTENZAHLUNG | EC\b | KREDITKARTE | BANKOMAT | KARTENZ
      | EC-?KARTE | ZAHLUNG
    `,
    change: terms`RUCKGELD | WECHSELGELD | ZURUCK | RUECKGELD | ZURUECK | HERAUS | RETOURGELD | RETOUR(?: ?(?:€|EUR|CHF))?$`,
    count: terms`ARTIKEL | ANZAHL\b`,
    aside: terms`ERSPAR | PUNKTE | GESAMTER PREISVORTEIL | SIE SPAREN | GESPART | SIE HABEN`,
  },
  words: {
    article: terms`DER | DIE | DAS | ZUM | ZUR`,
    place: terms`WEG | PLATZ | GASSE | RING | DAMM`,
    region: terms`DEUTSCHLAND | OSTERREICH | SCHWEIZ`,
    trade: terms`
      BACKEREI | MARKT | APOTHEKE | HAUS | LADEN | TANKSTELLE | DROGERIE | KONDITOREI | METZGEREI
    `,
    column: terms`MENGE | ANZ | PREIS | BETRAG | ARTIKEL | BEZEICHNUNG`,
    document: terms`BON | BELEG | RECHNUNGS?`,
    document_alone: terms`BON | RECHNUNG | BELEG | BONNR | BON-NR`,
    number: terms`NUMMER | NR`,
    head_label: terms`TELEFON | KASSE | BON`,
    head_number: terms`NR`,
    joining: terms`UND`,
  },
  phrases: {
    balance: terms`\bSALDO\b`,
    fare: terms`PARKHAUS | PARKSCHEIN | PARKGEBUHR | PARKPLATZ | EINFAHRT | FAHRSCHEIN | FAHRKARTE | EINZELFAHRT | EINTRITT | MAUT\b | \bTAXI`,
    card_slip: terms`KUNDENBELEG | HANDLERBELEG | KARTENZAHLUNG | GIROCARD | GENEHMIGUNG | TERMINAL`,
    tare: terms`^TARA\b`,
    saving: terms`SPAR | VORTEIL`,
    slogan: terms`
      KUNDENBELEG | HANDLERBELEG | KARTENZAHLUNG | OFFNUNGSZEIT | GEOFFNET | ES BEDIENTE | BEDIENER | KASSIERER
      | HONORAR | RETOURE
    `,
    greeting: terms`
      (?:HERZLICH )?WILLKOMMEN(?: (?:BEI|IM|IN))? | GUTEN (?:TAG|MORGEN|ABEND) | GRUSS GOTT
      | VIELEN DANK(?: FUR IHREN EINKAUF(?: (?:BEI|IM))?)?
    `,
    document_kind: terms`BELEG | BON | QUITTUNG`,
    refund: terms`RETOURE | GUTSCHRIFT | STORNO(?:BELEG|RECHNUNG)? | RUCKGABE | RUECKGABE | ERSTATTUNG | AUSZAHLUNG`,
    sum_row: terms`SUMME | GESAMT | ZU ZAHLEN`,
    date_label: terms`DATUM`,
    other_day: terms`GULTIG | HALTBAR`,
    time_label: terms`UHRZEIT | \bZEIT\b | \bUHR\b`,
    opening_hours: terms`OFFNUNG`,
    tax_part: terms`\bDAVON | \bDARIN | \bENTHALT`,
    tax_table: terms`^(?:MWST|STEUER|UST)-?(?:SATZ|%) | \bNETTO\b.*\b(?:MWST|STEUER|BRUTTO)\b | \bMWST\b.*\b(?:NETTO|BRUTTO)\b`,
    final_total: terms`ZU ZAHLEN`,
    count_line: terms`ANZAHL | ARTIKEL`,
    discount_row: terms`RABATT | PREISVORTEIL | NACHLASS`,
    discount_first: terms`RABATT`,
    noise: terms`STK\.?`,
    legal_form: terms`\bGMBH\b | \bMBH\b | \b(?:UG|AG|KG)\.?$ | \bOHG\b | \bE\.? ?K\. | \bE\.V\.`,
    registration: terms`UST-?ID`,
    no_name: terms`QUITTUNG | RECHNUNG | \bBON\b | KASSENBON | WILLKOMMEN`,
    place_ending: terms`
      STRASSE\b | STR\. | [A-Z\u00c0-\uffff]STR\b | [A-Z\u00c0-\uffff]PLATZ\b | [A-Z\u00c0-\uffff]GASSE\b
      | [A-Z\u00c0-\uffff]WEG\b
    `,
    paid_by_girocard: terms`\bGIROCARD\b | \bEC-?(?: ?KARTE|CASH)\b`,
    paid_by_card: terms`\bKARTE\b | KARTENZAHLUNG`,
    paid_by_cash: terms`\bBAR\b | BARGELD`,
    suggested_tip: terms`TRINKGELDEMPFEHLUNG | TRINKGELDVORSCHLAG`,
    optional: terms`FREIWILLIG`,
  },
};
