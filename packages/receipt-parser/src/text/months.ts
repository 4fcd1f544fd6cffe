import { PrefixTable } from './prefix-table.ts';

/**
 * Month names, folded, by their first letters: enough of them to tell months apart in every language listed. English,
 * German, French, Spanish, Portuguese, Italian, Dutch, Nordic, Polish, Czech, Turkish, Malay and Indonesian.
 */
const PREFIXES: readonly (readonly string[])[] = [
  ['JAN', 'JAEN', 'ENE', 'GEN', 'STY', 'LED', 'OCA'],
  ['FEB', 'FEV', 'FBR', 'LUT', 'UNO', 'SUB'],
  ['MAR', 'MRZ', 'MAER', 'MRT', 'MAAR', 'MAC', 'BRE'],
  ['APR', 'AVR', 'ABR', 'KWI', 'DUB', 'NIS'],
  ['MAY', 'MAI', 'MAG', 'MEI', 'MAJ', 'KVE'],
  ['JUN', 'JUIN', 'GIU', 'CZE', 'CERVNA', 'HAZ'],
  ['JUL', 'JUIL', 'LUG', 'LIP', 'CERVENC', 'TEM'],
  ['AUG', 'AOU', 'AGO', 'OGO', 'OGOS', 'SIE', 'SRP', 'AGU'],
  ['SEP', 'SET', 'WRZ', 'ZAR', 'EYL'],
  ['OCT', 'OKT', 'OUT', 'OTT', 'PAZ', 'RIJ', 'EKI'],
  ['NOV', 'LIS', 'KAS'],
  ['DEC', 'DEZ', 'DIC', 'DES', 'DIS', 'GRU', 'PRO', 'ARA'],
];

const BY_PREFIX = new Map(PREFIXES.flatMap((names, month) => names.map((name): [string, number] => [name, month + 1])));

const FIRST_LETTERS = new PrefixTable();
for (const name of BY_PREFIX.keys()) FIRST_LETTERS.add(name.slice(0, 3), 1);

/** Whether a word of the text starts with the first three letters of a month; without them it names none. */
export function mayNameMonth(text: string): boolean {
  return FIRST_LETTERS.listsOf(text) !== 0;
}

/** 1 to 12, or null for a word that names no month. The longest prefix counts: MAI is May, MAAR is March. */
export function monthOf(word: string): number | null {
  for (let length = Math.min(word.length, 7); length >= 3; length -= 1) {
    const month = BY_PREFIX.get(word.slice(0, length));
    if (month !== undefined) return month;
  }
  return null;
}
