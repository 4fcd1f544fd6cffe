import { phrasesSource, wordsSource } from '../languages/languages.ts';
import { type Row, wordsBetween } from '../layout/row.ts';
import type { Contact } from '../merchant/contacts.ts';

/** Labels of the receipt's own number, the most telling first. */
const LABELS: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:${wordsSource('document')})[ .-]*(?:(?:${wordsSource('number')}|N[º°O]?)\b|#|№)[ .:#№º°]*|${phrasesSource('document_sign')}`,
  ),
  new RegExp(String.raw`\b(?:${wordsSource('document_alone')})\b[ .:#№-]+`),
  new RegExp(String.raw`\b(?:${wordsSource('transaction')})\b[ .]*(?:${wordsSource('number')}|#)?[ .:#]+`),
];
const NUMBER = /^[\s:#.]*((?=[A-Z\d]*[-/_.]?[A-Z\d]*\d)[A-Z\d]+(?:[-/_.][A-Z\d]+)*)/;

/** The number that the merchant gave the receipt, as printed. */
export function findReceiptNumber(rows: readonly Row[]): Contact | null {
  const with_digits = rows.filter(({ digits }) => digits > 0);
  for (const label_pattern of LABELS) {
    for (const row of with_digits) {
      const label = label_pattern.exec(row.key);
      if (label === null) continue;
      const from = label.index + label[0].length;
      const number = NUMBER.exec(row.key.slice(from));
      const text = number?.[1];
      if (number === null || text === undefined || isDate(text)) continue;
      const start = from + number[0].length - text.length;
      const words = wordsBetween(row, start, start + text.length);
      return { value: text, text, words, labelled: true };
    }
  }
  return null;
}

function isDate(text: string): boolean {
  return /^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}$|^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}$/.test(text);
}
