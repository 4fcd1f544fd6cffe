import type { Row } from '../layout/row.ts';
import { COUNTRIES, type Country } from './countries.ts';

/** A word of a receipt and the countries that it speaks for. */
interface Evidence {
  readonly countries: Country[];
  /** The same, for countries that it speaks for half as much. */
  readonly weakly: Country[];
  /** Some word behind it makes a pair that speaks for a country. */
  begins_pair: boolean;
}

/** Every piece of evidence; word pairs are joined by an underscore. */
const EVIDENCE = new Map<string, Evidence>();

function evidenceOf(word: string): Evidence {
  const known = EVIDENCE.get(word);
  if (known !== undefined) return known;
  const evidence: Evidence = { countries: [], weakly: [], begins_pair: false };
  EVIDENCE.set(word, evidence);
  return evidence;
}

for (const country of COUNTRIES) {
  const domain = country.code === 'GB' ? 'UK' : country.code;
  for (const word of [...country.words.split(' '), `+${country.calling_code}`, `.${domain}`]) {
    evidenceOf(word).countries.push(country);
    const [first, second] = word.split('_');
    if (first !== undefined && second !== undefined) evidenceOf(first).begins_pair = true;
  }
  for (const word of country.weak_words?.split(' ') ?? []) evidenceOf(word).weakly.push(country);
}

/** What a row says of its country by its form, each pattern once a receipt. The cheapest condition is the digit count. */
const FORMS: readonly {
  readonly name: string;
  readonly codes: readonly string[];
  /** On rows with a price, or only on those without. */
  readonly priced: boolean;
  readonly digits_min: number;
  readonly pattern: RegExp;
  readonly weight: number;
  /** A sign without which it cannot be there: cheaper to look for. */
  readonly sign?: string;
}[] = [
  {
    // State and ZIP code, with or without the blank between them.
    name: 'state and zip',
    codes: ['US'],
    priced: false,
    digits_min: 5,
    pattern:
      /(?:^|[^A-Z])(?:A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])[,. \t]{0,2}\d{5}(?:-\d{4})?(?![\d./])/,
    weight: 2,
  },
  {
    name: 'postcode CA',
    codes: ['CA'],
    priced: false,
    digits_min: 3,
    pattern: /(?:^|[^A-Z\d])[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d(?![A-Z\d])/,
    weight: 1,
  },
  {
    name: 'postcode GB',
    codes: ['GB'],
    priced: false,
    digits_min: 2,
    pattern: /(?:^|[^A-Z\d])[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}(?![A-Z\d])/,
    weight: 1,
  },
  {
    name: 'postcode AU',
    codes: ['AU'],
    priced: false,
    digits_min: 4,
    pattern: /(?:^|[^A-Z])(?:NSW|VIC|QLD|TAS|ACT|SA|WA) \d{4}(?!\d)/,
    weight: 1,
  },
  {
    // State, the holder's permanent account number, and three marks more.
    name: 'GSTIN',
    codes: ['IN'],
    priced: false,
    digits_min: 7,
    pattern: /(?:^|[^A-Z\d])\d{2}[A-Z]{4,5}\d{4}[A-Z][\dI]Z[A-Z\d]?(?![A-Z\d])/,
    weight: 2,
  },
  {
    name: 'Saudi tax number',
    codes: ['SA'],
    priced: false,
    digits_min: 15,
    pattern: /(?<!\d)3\d{13}3(?!\d)/,
    weight: 2,
  },
  // Telephone numbers of North America.
  {
    name: 'phone of North America',
    codes: ['US', 'CA'],
    priced: false,
    digits_min: 10,
    pattern: /(?<![\d.-])(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]?\d{4}(?![\d.-])/,
    weight: 0.7,
  },
  {
    name: 'rand',
    codes: ['ZA'],
    priced: true,
    digits_min: 3,
    pattern: /(?:^|[^A-Z])R ?\d+[.,]\d\d/,
    weight: 1.5,
    sign: 'R',
  },
  // A clock of twelve hours, and a bare dollar: other countries have them, most of them with a word of their own.
  { name: 'clock', codes: ['US'], priced: false, digits_min: 3, pattern: /\d:\d\d ?[AP]M?\b/, weight: 0.3, sign: ':' },
  { name: 'dollar', codes: ['US'], priced: true, digits_min: 3, pattern: /(?:^|[^A-Z])\$ ?\d/, weight: 0.4, sign: '$' },
];
/** Writing that one country's receipts alone are in. */
const SCRIPTS: readonly { readonly code: string; readonly pattern: RegExp; readonly weight?: number }[] = [
  { code: 'JP', pattern: /[ぁ-ゖァ-ヺ円]|税|合計/ },
  { code: 'CN', pattern: /[计总应额单价现银时间]/, weight: 1.5 },
  { code: 'TW', pattern: /統一|統編|發票|總計|民國|悠遊/, weight: 1.5 },
  { code: 'HK', pattern: /九龍|香港|新界|八達通/, weight: 2.5 },
  { code: 'GR', pattern: /[\u0370-\u03ff]{3}/ },
  { code: 'UA', pattern: /[ІЇЄҐ]/ },
  { code: 'RS', pattern: /[ЂЋЏЉЊ]/ },
  { code: 'IL', pattern: /[א-ת]{2}/ },
  { code: 'KR', pattern: /[가-힣]/ },
  { code: 'TH', pattern: /[ก-๛]/ },
];
/** Where the alphabets beyond Latin begin, Greek the first of them. */
const SCRIPTS_START = 0x0370;
const BY_CODE = new Map(COUNTRIES.map((country): [string, Country] => [country.code, country]));
/** Rows looked at from each end: head and foot name the country, the items between them seldom do. */
const ROWS_EACH_END = 30;

/** Less is no evidence: a lone dollar, a clock of twelve hours. */
const WEIGHT_MIN = 0.7;

/** The country that most pieces of evidence speak for, each counted once; null where there is hardly any. */
export function countryOf(rows: readonly Row[]): Country | null {
  const votes = new Votes();
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i];
    if (row !== undefined && (i < ROWS_EACH_END || i >= rows.length - ROWS_EACH_END)) voteOfRow(row, votes);
  }
  return votes.winner();
}

class Votes {
  readonly #counts = new Map<Country, number>();
  readonly #seen = new Set<string>();

  /** Evidence that was seen before counts no more. */
  add(evidence: string, countries: readonly (Country | undefined)[], weight = 1): void {
    if (countries.length === 0 || this.#seen.has(evidence)) return;
    this.#seen.add(evidence);
    for (const country of countries)
      if (country !== undefined) this.#counts.set(country, (this.#counts.get(country) ?? 0) + weight);
  }

  has(evidence: string): boolean {
    return this.#seen.has(evidence);
  }

  /** Where countries have as many, the one that was named first. */
  winner(): Country | null {
    let best: Country | null = null;
    let most = WEIGHT_MIN - 1e-9;
    for (const [country, count] of this.#counts) {
      if (count <= most) continue;
      best = country;
      most = count;
    }
    return best;
  }
}

function voteOfRow({ words, key: row_key, digits: row_digits }: Row, votes: Votes): void {
  if (row_digits > 0) voteOfForm(row_key, row_digits, votes);
  const has_parts =
    (row_key.includes(',') || row_key.includes(':') || row_key.includes('@') || row_key.includes('%')) &&
    PARTS.test(row_key);
  let previous = '';
  let begins_pair = false;
  for (const { key, digits } of words) {
    const word = bare(key);
    if (word === '') continue;
    if (begins_pair) votes.add(`${previous}_${word}`, EVIDENCE.get(`${previous}_${word}`)?.countries ?? []);
    begins_pair = false;
    if (has_parts && PARTS.test(word)) voteOfParts(word, votes);
    if (digits > 0) voteOfNumber(word, votes);
    else {
      const evidence = EVIDENCE.get(word);
      if (evidence !== undefined) {
        votes.add(word, evidence.countries);
        if (evidence.weakly.length > 0) votes.add(`${word} `, evidence.weakly, 0.5);
        begins_pair = evidence.begins_pair;
      }
      if (word.includes('.')) voteOfDomain(word, votes);
      else if (word.charCodeAt(0) >= SCRIPTS_START || word.charCodeAt(word.length - 1) >= SCRIPTS_START)
        voteOfScript(word, votes);
    }
    previous = word;
  }
}

/** `CHONG,SELANGOR`, `SGST@2.5%:`, `VAT:508037553`: words that the engine or the print runs together. */
const PARTS = /[A-Z][,:@]|[,:@%]-?[A-Z]/;

function voteOfParts(word: string, votes: Votes): void {
  for (const part of word.split(/[,:@]|%-?/)) {
    const evidence = part.length < PART_MIN ? undefined : EVIDENCE.get(part);
    if (evidence !== undefined) votes.add(part, evidence.countries);
  }
}

/** Shorter parts are the ends of other words. */
const PART_MIN = 3;

/** Rows with a price name no place, and most rows of the items have one. */
const PRICE = /\d[.,]\d\d(?!\d)/;

function voteOfForm(key: string, digits: number, votes: Votes): void {
  const is_priced = PRICE.test(key);
  for (let i = 0; i < FORMS.length; i += 1) {
    const form = FORMS[i];
    if (form === undefined || digits < form.digits_min || is_priced !== form.priced || votes.has(form.name)) continue;
    if ((form.sign === undefined || key.includes(form.sign)) && form.pattern.test(key))
      votes.add(
        form.name,
        form.codes.map((code) => BY_CODE.get(code)),
        form.weight,
      );
  }
}

/** `.NO` and `.IN` end abbreviations as well: a domain has a name before it. */
function voteOfDomain(word: string, votes: Votes): void {
  const domain = word.slice(word.lastIndexOf('.'));
  if (/[A-Z\d-]{3,}\.[A-Z]{2}$/.test(word)) votes.add(domain, EVIDENCE.get(domain)?.countries ?? []);
}

function voteOfScript(word: string, votes: Votes): void {
  for (const { code, pattern, weight = 1 } of SCRIPTS) {
    if (pattern.test(word)) votes.add(`script ${code}`, [BY_CODE.get(code)], weight);
  }
}

function voteOfNumber(word: string, votes: Votes): void {
  if (word.startsWith('+')) {
    for (const length of [4, 3, 2]) {
      const evidence = EVIDENCE.get(word.slice(0, length));
      if (evidence === undefined) continue;
      votes.add(word.slice(0, length), evidence.countries);
      return;
    }
    return;
  }
  // Most numbers have no mark before them.
  if (word.charCodeAt(0) <= 0x39) return;
  const [, state] = VAT_NUMBER.exec(word) ?? [];
  if (state !== undefined) votes.add(`tax number ${state}`, [BY_CODE.get(state)], VAT_NUMBER_WEIGHT);
  // `MVA-25%`, `TLF22425311`: a word run together with its figure.
  const label = LABEL_OF_NUMBER.exec(word)?.[1];
  if (label !== undefined) votes.add(label, EVIDENCE.get(label)?.countries ?? []);
  if (MARKED_NUMBER.test(word)) {
    const mark = word.replace(/\d.*$/, '');
    votes.add(mark, EVIDENCE.get(mark)?.countries ?? []);
  }
}

/** Numbers for value added tax begin with their country's code: `DE123456789`, `ATU12345678`, `CHE-123.456.789`. */
const VAT_NUMBER =
  /^(AT|BE|CH|CZ|DE|DK|ES|FI|FR|GB|HU|IE|IT|NL|PL|PT|SE)(?:U|E-?)?(?:\d{8,12}|\d{3}\.\d{3}\.\d{3})(?!\d)/;
/** Neighbours share a language's words for taxes and payment; a tax number is one country's alone. */
const VAT_NUMBER_WEIGHT = 4;
const LABEL_OF_NUMBER = /^([A-Z][A-Z.]{2,11}?)[-.:]?\d/;
const MARKED_NUMBER = /^(?:RM|RP|R\$|S\$|A\$|£|₹|₩|₱|₺|฿|₫|RS\.?)\d/;

const MARKS_AROUND: ReadonlySet<number> = new Set([...'()[]:;,*"\'#|'].map((mark) => mark.charCodeAt(0)));
const POINT = '.'.charCodeAt(0);

/** A word without the marks around it: `(RM)` is `RM`, `BHD.` is `BHD`. */
function bare(key: string): string {
  let from = 0;
  let to = key.length;
  while (from < to && isMarkAround(key.charCodeAt(from))) from += 1;
  while (to > from && (key.charCodeAt(to - 1) === POINT || isMarkAround(key.charCodeAt(to - 1)))) to -= 1;
  return from === 0 && to === key.length ? key : key.slice(from, to);
}

function isMarkAround(code: number): boolean {
  return !((code >= 65 && code <= 90) || (code >= 48 && code <= 57)) && MARKS_AROUND.has(code);
}
