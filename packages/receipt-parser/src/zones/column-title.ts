import { phrasesSource, wordsSource } from '../languages/languages.ts';
import type { Figures } from './figures.ts';

const COLUMN_WORD = new RegExp(String.raw`\b(?:${wordsSource('column')})\b|${phrasesSource('column_sign')}`, 'g');

/** Whether a row titles the columns of the items: two or more column words, and no figures. */
export function isColumnTitle(figures: Figures): boolean {
  if (figures.money.length > 0) return false;
  return new Set(figures.row.key.match(COLUMN_WORD) ?? []).size >= 2;
}
