/** What a figure's label says it is. */
export type Role =
  | 'total'
  | 'subtotal'
  | 'tax'
  | 'discount'
  | 'service_charge'
  | 'tip'
  | 'deposit'
  | 'rounding'
  | 'tendered'
  | 'change'
  | 'count'
  /** A figure about the purchase that is no part of its sum: points, savings, balances, averages. */
  | 'aside';

const TOTAL =
  /T[O0]T[A4][L1I](?!LY)|\bTOT\b|TOTAAL|AM(?:OUN)?T DUE|AM(?:OUN)?T PAID|BALANCE DUE|^DUE\b|TO PAY\b|PAYABLE|JUMLAH|\bSUMME\b|GESAMT|ENDBETRAG|RECHNUNGSBETRAG|ZU ZAHLEN|A PAYER|MONTANT DU|\bIMPORTE\b|TE BETALEN|\bSUMMA\b|ATT BETALA|AT BETALE|A BETALE|\bRAZEM\b|\bSUMA\b|DO ZAPLATY|CELKEM|OSSZESEN|FIZETENDO|YHTEENSA|TOPLAM|GENEL TOPLAM|合計|总计|總計|合计|합계|결제금액|BILL AM(?:OUN)?T|\bNETT?\b|VALOR A PAGAR|TONG CONG|รวม|ยอดสุทธิ/;
const STRONG_TOTAL =
  /GRAND|NETT?\b|PAYABLE|DUE\b|ROUND|TO PAY|INCL|GESAMT|ZU ZAHLEN|A PAYER|TE BETALEN|ATT BETALA|AT BETALE|DO ZAPLATY|KESELURUHAN|GENEL|税込|A PAGAR|TTC|AFTER|FINAL|ENDBETRAG|SALES \(INCL|BILL/;
const SUBTOTAL =
  /SUB ?-?\.? ?T[O0]T|ZWISCHENSUMME|SOUS-? ?TOTAL|DELSUM|MELLANSUMMA|MEZISOUCET|VALISUMMA|RESZOSSZEG|SUMA CZESC|ARA TOPLAM|小計|小计|소계|EXCL|EXC\.|\(EX\)|BEFORE (?:TAX|GST|ROUND|DISC)|W\/O (?:TAX|GST)|WITHOUT (?:TAX|GST)|PRE-?TAX|TAXABLE|BASE IMP|IMPONIBILE|\bHT\b|NETTO|TOTAL SALES AMOUNT|GROSS|VAT BASE|BRUTTO(?!.*SUMME)|MERCHANDISE|JUMLAH KECIL/;
const TAX =
  /\b(?:GST|SST|VAT|MWST|UST|TVA|IVA|I\.V\.A|BTW|MOMS|MVA|PPN|PST|HST|QST|TPS|TVQ|CGST|SGST|IGST|KDV|DPH|PTU|AFA|ALV|TAX(?:ES)?|CUKAI|STEUER|MWST\.?|IMPUESTO|IMPOSTO|ICMS|IGV|ITBIS|HARUS?)\b|消費税|税額|内税|外税|부가세|부가가치세|ภาษี/;
const DISCOUNT =
  /\bDISC|DISKAUN|RABATT|REMISE|DESCUENTO|DESCONTO|SCONTO|KORTING|COUPON|VOUCHER|\bPROMO|\bLESS\b|POTONGAN|\bDISKON|\bRABAT\b|ALENNUS|SLEVA|KEDVEZMENY|INDIRIM|REDUCTION|割引|値引|할인|MARKDOWN|MARK DOWN|OFFER\b|GUTSCHEIN|ส่วนลด/;
const ROUNDING =
  /R[O0]U[NR] ?D|\bRND|RUNDUNG|ARROND|REDONDE|ARREDOND|ARROTOND|AFROND|AVRUNDN|ORESAVR|ORESUTJ|PEMBULATAN|PENGGENAPAN|ZAOKR|KEREKIT|ADJUSTMENT|\bADJ\b|端数|PYORISTYS/;
const SERVICE =
  /SERV(?:ICE|\.)? ?(?:CHARGE|CHG|CH\b|CHRG|TAX|\d|\()|\bSVC|\bS\/C\b|\bSERVICE\b ?(?:@|:|$)|BEDIENUNG|COPERTO|SERVICIO|SERVIZIO|TAXA DE SERVICO|サービス料|봉사료|SERVIS/;
const TIP = /\bTIPS?\b|GRATUIT|TRINKGELD|POURBOIRE|PROPINA|MANCIA|\bFOOI\b|DRICKS|GORJETA|NAPIWEK|SPROPITNE/;
const DEPOSIT = /DEPOSIT|\bPFAND\b|CONSIGNE|STATIEGELD|\bPANT\b|KAUCJA/;
const CHANGE =
  /\bCHANGE(?!ABLE)|\bCHG\b|\bBAKI\b|KEMBALI|RUCKGELD|WECHSELGELD|\bZURUCK|RENDU|MONNAIE|\bCAMBIO\b|VUELTO|TROCO|\bRESTO\b|WISSELGELD|\bTERUG\b|VAXEL|VEKSEL|TILBAKE|RESZTA|\bVRATIT|VISSZAJARO|PARA USTU|お釣|おつり|釣銭|거스름|找零|TAKAISIN|เงินทอน|TIEN THUA/;
const TENDERED =
  /TENDER|\bCASH\b|TUNAI|\bVISA\b|MASTER ?-?CARD|\bMASTER\b|MAESTRO|\bAMEX\b|AMERICAN EXP|\bDEBIT\b|CREDIT|\bPAID\b|PAYMENT|BAYAR|\bBAR\b|BARGELD|GEGEBEN|ERHALTEN|ESPECES|EFECTIVO|CONTANT|DINHEIRO|KONTANT|GOTOWK|HOTOVOST|KESZPENZ|\bKARTE|KARTENZAHLUNG|\bEC\b|GIROCARD|\bCARTE\b|\bCB\b|TARJETA|\bCARTA\b|CARTAO|KARTA|\bKORT\b|BANKPAS|\bPIN\b|NAKIT|KORTTI|RECEIVED|REMITTED|\bCARD\b|現金|お預|クレジット|현금|카드|받은|\bPAYPAL\b|APPLE PAY|GOOGLE PAY|\bPAY\b|ALIPAY|WECHAT|TOUCH ?N ?GO|\bNETS\b|PAYNET|BANKAXEPT|PAGADO|PAGATO|\bPAGO\b|PAGAMENTO|เงินสด|TIEN MAT|KHACH/;
const COUNT =
  /\bQTY|QUANTITY|\bITEMS?\b|\bPCS\b|\bPAX\b|\bUNITS?\b|ARTIKEL|ARTICLES?|ARTICULOS|ARTICOLI|ARTIGOS|\bANTAL\b|\bANZAHL\b|POSITION|POZYCJI|\bKPL\b|点数|点買|수량|BARANG|KUANTITI|COVERS|GUESTS|\bPIECES\b/;
const ASIDE =
  /\bPOINTS?\b|SAVING|\bSAVED?\b|YOU SAVE|BALANCE (?!DUE)|AVERAGE|\bAVG\b|REWARD|\bBONUS|LOYALTY|MTD|MEMBER|ERSPAR|\bPUNKTE|OUTSTANDING|CREDIT LIMIT|PER PAX|FIDELI|LIMIT\b|REDEEM/;

/** A tax contained in the total, said in the total's words: `GST @6% INCLUDED IN TOTAL`, `TOTAL INCLUDES 6% GST`. */
const TAX_PART =
  /(?:GST|SST|VAT|TAX|MWST|TVA|IVA|BTW|MOMS)\b.*\bINCL\w* IN\b|T[O0]TAL INCLUDED? |\bINCLUSIVE OF\b.*:?.*\bBILL\b.*(?:GST|TAX)|\((?:BILL|TOTAL) INCL.*(?:GST|TAX)|THEREOF|DAVON|\bDONT\b|DI CUI|WAARVAN|DARIN|ENTHALT|HVORAV|HERAF|VARAV/;

/**
 * The role that a label gives to the figure behind it, or null where it gives none. Labels name several things at once
 * ("TOTAL SALES INCLUSIVE OF GST", "TOTAL QTY", "TOTAL AFTER ROUNDING"): what narrows stands before what is narrowed.
 */
export function roleOf(label: string): Role | null {
  if (label.length < 2) return null;
  const is_total = TOTAL.test(label);
  if (CHANGE.test(label)) return 'change';
  if (TAX_PART.test(label)) return 'tax';
  if (ASIDE.test(label) && !STRONG_TOTAL.test(label))
    return DISCOUNT.test(label) && !/SAV/.test(label) ? 'discount' : 'aside';
  if (SUBTOTAL.test(label) && !/TAX AM|INCL(?!.*EXCL)/.test(label)) return 'subtotal';
  if (is_total) return roleOfTotal(label);
  if (ROUNDING.test(label)) return 'rounding';
  if (SERVICE.test(label)) return 'service_charge';
  if (TIP.test(label)) return 'tip';
  if (DISCOUNT.test(label)) return 'discount';
  if (TAX.test(label)) return 'tax';
  if (DEPOSIT.test(label)) return 'deposit';
  if (TENDERED.test(label)) return 'tendered';
  if (COUNT.test(label)) return 'count';
  return null;
}

/** `TOTAL QTY`, `TOTAL NO. OF ITEMS`, `ITEMS TOTAL:`; but `ITEM 2  TOTAL WITH GST` is a total beside a count. */
const TOTAL_COUNT = new RegExp(
  `T[O0]T[A4][L1I]\\W{0,3}(?:NO\\.?|NUMBER|OF|\\W)*(?:${COUNT.source})|(?:QTY|QUANTITY)\\W+T[O0]TAL`,
);

function roleOfTotal(label: string): Role {
  const inclusive = /INCL|INC\.|\bWITH\b|TTC|税込|AFTER/.test(label);
  if (DISCOUNT.test(label) && !inclusive && !/AFTER|NETT?\b/.test(label)) return 'discount';
  if (TAX.test(label) && !inclusive && !/T[O0]T[A4]L.*(?:PAYABLE|DUE\b)|GRAND|SALES|\+|&/.test(label)) return 'tax';
  if (TOTAL_COUNT.test(label)) return 'count';
  if (
    ROUNDING.test(label) &&
    !/ROUND(?:ED)?\W*(?:UP\W*)?$|R[O0]U[NR] ?D ?(?:E?D)? T[O0]TAL|TOTAL.*(?:AFTER|ROUND)|PAYABLE|AFTER/.test(label)
  )
    return 'rounding';
  if (/TENDER|RECEIVED|TOTAL PAID|TOTAL PAYMENT/.test(label)) return 'tendered';
  return 'total';
}

/** How much a total's label claims: 0 for the bare word, more where it says that nothing comes after it. */
export function totalStrength(label: string): number {
  let strength = 0;
  if (STRONG_TOTAL.test(label)) strength += 1;
  if (/GRAND|PAYABLE|R[O0]U[NR] ?D|AMOUNT DUE|BALANCE DUE|NETT? TOTAL|TO PAY|ZU ZAHLEN|AFTER/.test(label))
    strength += 1;
  return strength;
}
