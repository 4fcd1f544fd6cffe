import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { phrases, phrasesSource, wordsSource } from '../languages/languages.ts';
import { type Row, wordsBetween } from '../layout/row.ts';
import type { Word } from '../layout/word.ts';
import { matches } from '../text/matches.ts';

/** A contact with the words it stands in. */
export interface Contact {
  readonly value: string;
  readonly text: string;
  readonly words: readonly Word[];
  readonly labelled: boolean;
}

const PHONE = /(?:\+|\b00)?\(?\d[\d \t()./-]{5,18}\d/;
const PHONE_LABEL = new RegExp(String.raw`(?:^|[\s(:|])(?:${wordsSource('phone')})\b ?(?:NO\b)?[ .:)#-]*`);
const FAX = phrases('fax');
/** Digits that a telephone or tax number has at least. */
const DIGITS_MIN = 7;
/** Numbers tried with the telephone library, which is slow; a receipt's own comes first. */
const TRIES_MAX = 3;

/** The merchant's telephone number: E.164 where the country is known or printed, else the digits as printed. */
export function findPhone(rows: readonly Row[], country: CountryCode | null): Contact | null {
  const with_numbers = rows.filter(({ digits }) => digits >= DIGITS_MIN);
  let tries = 0;
  for (const pass of ['labelled', 'bare'] as const) {
    for (const row of with_numbers) {
      if (tries >= TRIES_MAX) return null;
      const found = phoneOn(row, pass);
      if (found === null) continue;
      tries += 1;
      const parsed = parsePhoneNumberFromString(
        found.text,
        country === null ? { extract: false } : { defaultCountry: country, extract: false },
      );
      const words = wordsBetween(row, found.from, found.from + found.text.length);
      if (parsed?.isPossible() === true)
        return { value: parsed.number, text: found.text, words, labelled: pass === 'labelled' };
      const digits = found.text.replace(/[^\d+]/g, '');
      if (pass === 'labelled' && digits.length >= DIGITS_MIN)
        return { value: digits, text: found.text, words, labelled: true };
    }
  }
  return null;
}

function phoneOn(row: Row, pass: 'labelled' | 'bare'): { text: string; from: number } | null {
  const label = PHONE_LABEL.exec(row.key);
  if (pass === 'labelled') {
    if (label === null) return null;
    const from = label.index + label[0].length;
    const fax = row.key.slice(from).search(FAX);
    return firstNumber(row.key.slice(from, fax < 0 ? undefined : from + fax), from);
  }
  if (FAX.test(row.key) || /\p{L}{3,}/u.test(row.key)) return null;
  return /^[^\d+(]*(?:\+|0|\()\d/.test(row.key) ? firstNumber(row.key, 0) : null;
}

function firstNumber(text: string, offset: number): { text: string; from: number } | null {
  const match = PHONE.exec(text);
  if (match === null || /\d[./-]\d{1,2}[./-]\d{2,4}$/.test(match[0])) return null;
  // `03-9201 6281/6920` gives two numbers in short.
  const number = match[0].split('/')[0] ?? match[0];
  return number.replace(/\D/g, '').length < DIGITS_MIN ? null : { text: number.trim(), from: offset + match.index };
}

const WEBSITE =
  /(?<![@\p{L}\d.-])(?:HTTPS?:\/\/ ?)?(?:WWW\.[A-Z\d-]+(?:\.[A-Z\d-]+)*\.[A-Z]{2,6}|[A-Z\d-]{2,}(?:\.[A-Z\d-]{2,})*\.(?:(?:COM|CO|NET|ORG|OR|NE)\.[A-Z]{2}|COM|NET|ORG|EU|DE|FR|ES|NL|SE|DK|PL|CZ|CH|BE|PT|JP|SHOP|STORE))(?:\/[A-Z\d/._-]*)?(?![@\p{L}\d])/u;

/** The first web address that is no e-mail's. */
export function findWebsite(rows: readonly Row[]): Contact | null {
  for (const row of rows) {
    if (!/\.[A-Z]{2}/.test(row.key)) continue;
    const match = WEBSITE.exec(row.key);
    if (match === null) continue;
    const words = wordsBetween(row, match.index, match.index + match[0].length);
    const value = match[0].replace(/^HTTPS?:\/\/ ?/, '').toLowerCase();
    return {
      value,
      text: words.map(({ text }) => text).join(' '),
      words,
      labelled: match[0].startsWith('WWW') || match[0].startsWith('HTTP'),
    };
  }
  return null;
}

const TAX_LABEL = new RegExp(phrasesSource('tax_id'), 'g');
/** Digits in groups of at least eight, with the letters that tax numbers have around them. */
const TAX_NUMBER = new RegExp(
  String.raw`^[\s.:#()№º°-]*(?:(?:${phrasesSource('tax_id_number')})\b[\s.:#№º°-]*)*((?:[A-Z]{1,3}[ -]?)?(?:\d[\d ./-]{5,20}\d|[A-Z]{3,4}\d{6}[A-Z\d]{3}|\d{2}[A-Z]{5}\d{4}[A-Z]\d[A-Z][A-Z\d])(?: ?(?:${phrasesSource('tax_id_end')})\b)?)`,
  'u',
);

/** The merchant's tax number as printed, without its label. */
export function findTaxId(rows: readonly Row[]): Contact | null {
  for (const row of rows) {
    // Seven digits, five of them near each other.
    if (row.digits < DIGITS_MIN || !/\d\D{0,2}\d\D{0,2}\d\D{0,2}\d\D{0,2}\d/.test(row.key)) continue;
    for (const label of matches(TAX_LABEL, row.key)) {
      const from = label.index + label[0].length;
      const number = TAX_NUMBER.exec(row.key.slice(from));
      const text = number?.[1]?.trim();
      if (number === null || text === undefined || (text.match(/\d/g)?.length ?? 0) < DIGITS_MIN) continue;
      const start = from + number.index + number[0].indexOf(text);
      return {
        value: text.replace(/ /g, ''),
        text,
        words: wordsBetween(row, start, start + text.length),
        labelled: true,
      };
    }
  }
  return null;
}
