import type { Language } from './language.ts';
import { terms } from './terms.ts';

/** What receipts print whatever their language: taxes by their initials, brands of cards, units. */
export const mul: Language = {
  code: 'mul',
  labels: {
    tax: terms`
      GST\b | SST\b | VAT\b | PST\b | HST\b | QST\b | CGST\b | SGST\b | IGST\b | S\.G\.S\.T | C\.G\.S\.T
      | V\.A\.T | G\.S\.T | GCT\b | VAT\d?\b | ABB\b
    `,
    tendered: terms`
      VISA\b | MASTER ?-?CARD | MASTER\b | MAESTRO | AMEX\b | AMERICAN EXP | PAYPAL\b | APPLE PAY | GOOGLE PAY
      | ALIPAY | WECHAT | TOUCH ?N ?GO | NETS\b | PAYNET | BANKAXEPT | GIROCARD | MC\b | UPI\b | PAYTM | GPAY | DINERS | JCB\b | UNIONPAY | MPESA | M-PESA | REVOLUT
    `,
  },
  words: {
    unit: terms`UNI?D?S? | CX | LT | SZT\.? | KPL | DB | BUC\.? | ADET | PZ | KS | GAL | OZ | YD | FT | MTR | BTL | PKT | CTN | PORSI | KG | G | L | LB | LTR | PCS? | ST | STK | EA | EACH | UNIT | M`,
    counted_unit: terms`PCS? | KG`,
    column: terms`EUR | CHF`,
    head_label: terms`
      GST | SST | VAT | TVA | UST | STNR | MWST | IVA | P\.? ?IVA | ABN | SIRET | NIF | CIF | RFC | CNPJ | NIP | GSTIN
      | ROC | BRN | BR | ORG | KVK | CVR
    `,
  },
  phrases: {
    day_first_tax: terms`\b(?:VAT|V\.A\.T|MWST|UST|TVA|T\.V\.A|IVA|I\.V\.A|BTW|MOMS|MVA|PTU|DPH|DDV|PDV|KDV|ALV|ICMS)\b`,
    volume: terms`VOLUM | \bLIT(?:ER|RE|RO)S?\b(?!.*(?:PRI|HARGA|PREIS)) | \bLTRS?\b | \bGALLONS?\b | \bKWH\b | \bQTY | \bMENGE`,
    volume_price: terms`(?:PRICE|PRIX|PREIS|PRECIO|PREZZO|HARGA|PPG|RATE).*(?:\bL|GAL|LIT|UNIT|KWH) | (?:\bL|GAL|LIT)\w* ?(?:PRICE|PREIS)`,
    slogan: terms`^\W*COPY | #{2,} | ^[*=_#-]{2,}`,
    tax_table: terms`^(?:GST|VAT|SST|IVA|ICMS|PTU|MOMS|BTW|KDV|DPH|TVA|MWST|ALV|MVA) ?%`,
    title_rest: terms`[\s()] | RM | MYR | EUR | USD | \$ | € | £ | % | GST | SR`,
    noise: terms`
      SR[SC]? | ZRL?E? | TX | ZP | OS | \*S | \(S\) | \(Z\) | PCS? | EA | KG | X\d* | \d+X | @.* | RM | EUR | USD | SGD | CHF
    `,
    tax_letter: terms`[A-Z] | \([A-Z]\) | \*[A-Z]? | [A-Z]\d | \d[A-Z] | TX | SR | ZR | ES`,
    address_stop: terms`\bGST\b | \bSST (?:NO|ID|REG) | WWW\. | HTTP | \S@\S | ^[*=_-]{2,}`,
    no_name: terms`\bGST\b | \bSST\b | \bVAT\b | WWW\. | HTTP | \.COM\b | @`,
    registration: terms`
      \bROC\b | \bSSM\b | \bBR NO | ^\(? ?[A-Z]{0,4} ?\d{4,12} ?-? ?[A-Z]{1,2} ?\)?$
      | ^\(? ?(?:[A-Z]{2}\d{6,8}|LLP\d+)(?:-?[A-Z]{1,3})? ?\)?$ | \bGST\b | \bSST\b | \bVAT\b | \bUID\b | \bABN\b | \bACN\b
      | \bSIRET\b | \bP\.? ?IVA\b | \bCNPJ\b | \bNIF\b | \bCIF\b | \bRFC\b | \bNIP\b | \bGSTIN\b | \bTIN\b | \bKVK\b | \bCVR\b
    `,
    never_name: terms`GST`,
    postcode: terms`
      (?<![\d.,:/-])\d{5}(?:-\d{4})?,? [A-Z\u00c0-\uffff]{2,} | [A-Z\u00c0-\uffff]{3,},? ?\d{5}$ | ^\d{4} ?[A-Z]{2}\b
      | ^(?:[A-Z]{1,2}-)?\d{4,5} [A-Z\u00c0-\uffff]{3,} | \b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b | (?:\b|[,.])[A-Z]{2}[,.]? ?\d{5}\b
      | \b[A-Z]\d[A-Z] ?\d[A-Z]\d\b | \b(?:NSW|VIC|QLD|WA|SA|TAS|ACT|NT) \d{4}\b | \b\d{5}-\d{3}\b | ^\d{5}-\d{3}$
      | \bSINGAPORE \d{6} | \b\d{2}-\d{3} [A-Z\u00c0-\uffff]{3,} | \b\d{3} \d{2} [A-Z\u00c0-\uffff]{3,}
    `,
    tax_id: terms`
      (?:\bGST(?:IN)?|\bSST|\bVAT|\bTVA|\bIVA|\bTAX|\bUST|\bBTW|\bMOMS|\bHST|\bPST|\bQST|\bUSTID|\bSTEUER)[ .-]*(?:REG(?:ISTRATION|N)?|ID(?:ENT)?|NO|NR|NUM(?:BER)?|INTRA|INTRACOM|UID|PAYER|IDNR|-?IDNR|RO)?\b
      | \bABN\b | \bP\.? ?IVA\b | \bC\.?I\.?F\b | \bN\.?I\.?F\b | \bNIP\b | \bCNPJ\b | \bR\.?F\.?C\b | \bTIN\b | \bNPWP\b | \bUID\b
      | \bVKN\b | \bDIC\b | \bCVR\b | \bORG\.? ?NR | \bMVA\b | \bSIRET\b | \bCHE\b
    `,
    tax_id_number: terms`NO | NR | ID | REG | NUM(?:BER)? | REG ?NO | ID ?NO | IDNR | INTRA\p{L}*`,
    tax_id_end: terms`MVA | MWST | TVA | [A-Z]\d{2} | [A-Z]`,
    paid_by_visa: terms`\bVISA\b`,
    paid_by_mastercard: terms`\bMASTER ?-?(?:CARD)?\b | \bMC\b`,
    paid_by_amex: terms`\bAMEX\b | AMERICAN EXPRESS`,
    paid_by_maestro: terms`\bMAESTRO\b`,
    paid_by_nets: terms`\bNETS\b`,
    paid_by_paypal: terms`\bPAYPAL\b`,
    paid_by_debit: terms`BANKAXEPT | DANKORT | INTERAC`,
  },
};
