/** Legal forms of companies, as they end a registered name. Folded. */
export const LEGAL_FORM =
  /\bS[DO0]N\.? ?[B8EH][HN]?[DO0]\b|\bS ?\/ ?B\b|\bBHD\b|\bB[HN]D\.?$|\bPLT\b|\bPTE\.? ?(?:LTD)?\b|\bPTY\.? ?(?:LTD)?\b|\bLTD\b|\bLIMITED\b|\bLLP\b|\bLLC\b|\bINC\.?$|\bCORP(?:ORATION)?\b|\bPLC\b|\bGMBH\b|\bMBH\b|\b(?:UG|AG|KG|AB|NV|BV|SA|AS|OY)\.?$|\bOHG\b|\bE\.? ?K\.|\bE\.V\.|\bS\.?A\.?R\.?L\b|\bSAS\b|\bS\.A\.S\b|\bEURL\b|\bS\.?R\.?L\b|\bS\.?P\.?A\b|\bS\.?N\.?C\b|\bS\.?L\.?U?\.?$|\bS\.A\.?(?: DE C\.?V\.?)?|\bSA DE CV\b|\bLTDA\b|\bEIRELI\b|\bB\.?V\b|\bN\.?V\b|\bA\/S\b|\bAPS\b|\bA\.?S\.?$|\bOYJ?\b|\bSP\.? ?Z ?O\.? ?O\b|\bS\.R\.O\b|\bKFT\b|\bZRT\b|\bA\.S\.|\bLTD\. ?STI\b|^PT\.? (?=\D{4})|^CV\.? (?=\D{4})|株式会社|有限会社|주식회사|\(주\)|有限公司|\bCO\.,? ?LTD\b|บริษัท|CONG TY/;

/** Rows of a receipt's head that are never its name. */
export const NOT_A_NAME =
  /^\(?(?:CO|COMPANY|BUSINESS|REG|ROC|BRN|BR|SSM)\b\.? ?(?:REG\w*\.? ?)?(?:NO|NUM|NUMBER|#)\b|\bINVOICE\b|\bTAXINV|\bRECEIPT\b|\bRESIT\b|\bCASH BILL\b|\bTAX\b|\bGST\b|\bSST\b|\bVAT\b|\bDATE\b|\bTIME\b|\bCASHIER\b|\bTABLE\b|\bWELCOME\b|THANK YOU|\bTEL\b|\bPHONE\b|\bFAX\b|WWW\.|HTTP|\.COM\b|@|\bREG\b|\bREF\b|\bBILL\b|\bORDER\b|\bCOPY\b|\bCOUNTER\b|\bPOSTED\b|\bPAID\b|QUITTUNG|RECHNUNG|\bBON\b|\bTICKET\b|\bFACTURE?A?\b|SCONTRINO|DOCUMENTO|KASSENBON|BIENVENUE|WILLKOMMEN|BENVENUTI|GOODS SOLD|RETURNABLE|\bTRIAL\b|FORMERLY|LICENSEE|DUPLICATE|REPRINT|領収|レシート|영수증|\bMEMBER\b|SHOPPING HOURS|\bSIGNA|\bCUSTOMER\b|GUEST CHECK|\bOPEN\b.*\bHOURS?\b/;

/** What stands between name and address without ending the head: registration numbers and the like. */
export const REGISTRATION =
  /\bREG(?:N|D)?\b|\bCO\.? ?(?:NO|REG)|\bROC\b|\bSSM\b|\bBR NO|\bCOMPANY (?:NO|REG)|^\(? ?[A-Z]{0,4} ?\d{4,12} ?-? ?[A-Z]{1,2} ?\)?$|^\(? ?(?:[A-Z]{2}\d{6,8}|LLP\d+)(?:-?[A-Z]{1,3})? ?\)?$|\bGST\b|\bSST\b|\bVAT\b|\bUID\b|UST-?ID|\bABN\b|\bACN\b|\bSIRET\b|\bP\.? ?IVA\b|\bCNPJ\b|\bNIF\b|\bCIF\b|\bRFC\b|\bNIP\b|\bGSTIN\b|\bTIN\b|\bKVK\b|\bCVR\b|\bORG\.? ?NR|ORG\.NR|\bTAX ID\b|\bTAX NO\b|登録番号|事業者|사업자/;
