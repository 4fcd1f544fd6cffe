import { ocrFold } from './ocr-fold.ts';

/** Words that say what kind of company a name is of, in the countries whose receipts are read. They tell no two apart. */
const LEGAL_FORMS =
  'SDN BHD BERHAD LTD LIMITED PTE PTY PLC PLT LLP LLC INC CORP CORPORATION CO COMPANY GMBH MBH UG AG KG OHG EK EV SARL SAS SASU EURL SA SL SLU SRL SRLS SPA SNC LTDA EIRELI BV NV VOF AB AS ASA APS OY OYJ OU SP ZOO SRO DOO KFT ZRT AD EOOD PT CV TBK STI SB';

const WORDS = new Set(
  [...LEGAL_FORMS.split(' '), 'S/B', '株式会社', '有限会社', '有限公司', '주식회사'].flatMap(foldedWords),
);

export function isLegalForm(token: string): boolean {
  return WORDS.has(token);
}

function foldedWords(word: string): readonly string[] {
  return ocrFold(word).split(' ');
}
