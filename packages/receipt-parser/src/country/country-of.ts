import type { Row } from '../layout/row.ts';
import { COUNTRIES, type Country } from './countries.ts';

/** Every piece of evidence and the countries that it speaks for; word pairs are joined by an underscore. */
const BY_EVIDENCE = new Map<string, Country[]>();
for (const country of COUNTRIES) {
  const domain = country.code === 'GB' ? 'UK' : country.code;
  for (const evidence of [...country.words.split(' '), `+${country.calling_code}`, `.${domain}`]) {
    BY_EVIDENCE.set(evidence, [...(BY_EVIDENCE.get(evidence) ?? []), country]);
  }
}

const NONE: readonly Country[] = [];
/** First words of the pairs: only behind these is the next word looked up with it. */
const PAIR_STARTS = new Set(
  [...BY_EVIDENCE.keys()].flatMap((evidence) => (evidence.includes('_') ? [evidence.split('_')[0] ?? ''] : [])),
);

/** Postcodes whose form belongs to one country, told by a word and the next one. */
const POSTCODES: readonly { readonly code: string; readonly first: RegExp; readonly second: RegExp }[] = [
  {
    code: 'US',
    first:
      /^(?:A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])$/,
    second: /^\d{5}(?:-\d{4})?$/,
  },
  { code: 'CA', first: /^[A-Z]\d[A-Z]$/, second: /^\d[A-Z]\d$/ },
  { code: 'GB', first: /^[A-Z]{1,2}\d[A-Z\d]?$/, second: /^\d[A-Z]{2}$/ },
  { code: 'AU', first: /^(?:NSW|VIC|QLD|TAS|ACT|SA|WA)$/, second: /^\d{4}$/ },
];
/** What any postcode's second word looks like: prices and quantities, which most numbers are, do not. */
const POSTCODE_END = /^\d(?:\d{3,4}(?:-\d{4})?|[A-Z][A-Z\d])$/;
/** Writing that one country's receipts alone are in. */
const SCRIPTS: readonly { readonly code: string; readonly pattern: RegExp }[] = [
  { code: 'JP', pattern: /[ぁ-ゖァ-ヺ円]|税|合計/ },
  { code: 'KR', pattern: /[가-힣]/ },
  { code: 'TH', pattern: /[ก-๛]/ },
];
const BY_CODE = new Map(COUNTRIES.map((country): [string, Country] => [country.code, country]));
/** Rows looked at from each end: head and foot name the country, the items between them seldom do. */
const ROWS_EACH_END = 30;

/** The country that most pieces of evidence speak for, each counted once; null where there is none. */
export function countryOf(rows: readonly Row[]): Country | null {
  const votes = new Map<Country, number>();
  const seen = new Set<string>();
  const vote = (evidence: string, countries: readonly (Country | undefined)[]): void => {
    if (countries.length === 0 || seen.has(evidence)) return;
    seen.add(evidence);
    for (const country of countries) if (country !== undefined) votes.set(country, (votes.get(country) ?? 0) + 1);
  };
  for (const [i, row] of rows.entries()) {
    if (i < ROWS_EACH_END || i >= rows.length - ROWS_EACH_END) voteOfRow(row, vote);
  }
  let best: Country | null = null;
  for (const [country, count] of votes) if (best === null || count > (votes.get(best) ?? 0)) best = country;
  return best;
}

function voteOfRow(
  { words }: Row,
  vote: (evidence: string, countries: readonly (Country | undefined)[]) => void,
): void {
  let previous = '';
  for (const { key } of words) {
    const word = bare(key);
    if (word === '') continue;
    const countries = BY_EVIDENCE.get(word);
    if (countries !== undefined) vote(word, countries);
    if (PAIR_STARTS.has(previous)) vote(`${previous}_${word}`, BY_EVIDENCE.get(`${previous}_${word}`) ?? NONE);
    if (/\d/.test(word)) {
      voteOfNumber(word, previous, vote);
    } else if (word.includes('.')) {
      const domain = word.slice(word.lastIndexOf('.'));
      // `.NO` and `.IN` end abbreviations as well: a domain has a name before it.
      if (/[A-Z\d-]{3,}\.[A-Z]{2}$/.test(word)) vote(domain, BY_EVIDENCE.get(domain) ?? []);
    } else if (/[\u0e00-\uffff]/.test(word)) {
      for (const { code, pattern } of SCRIPTS) if (pattern.test(word)) vote(`script ${code}`, [BY_CODE.get(code)]);
    }
    previous = word;
  }
}

function voteOfNumber(
  word: string,
  previous: string,
  vote: (evidence: string, countries: readonly (Country | undefined)[]) => void,
): void {
  if (word.startsWith('+')) {
    for (const length of [4, 3, 2]) {
      const countries = BY_EVIDENCE.get(word.slice(0, length));
      if (countries === undefined) continue;
      vote(word.slice(0, length), countries);
      return;
    }
    return;
  }
  if (POSTCODE_END.test(word)) {
    for (const { code, first, second } of POSTCODES) {
      if (second.test(word) && first.test(previous)) vote(`postcode ${code}`, [BY_CODE.get(code)]);
    }
    return;
  }
  if (/^(?:RM|RP|R\$|S\$|A\$|£|₹|₩|₱|₺|฿|₫|RS\.?)\d/.test(word)) {
    const mark = word.replace(/\d.*$/, '');
    vote(mark, BY_EVIDENCE.get(mark) ?? []);
  }
}

const MARKS_AROUND: ReadonlySet<string> = new Set('()[]:;,*"\'#|');

/** A word without the marks around it: `(RM)` is `RM`, `BHD.` is `BHD`. */
function bare(key: string): string {
  let from = 0;
  let to = key.length;
  while (from < to && MARKS_AROUND.has(key.charAt(from))) from += 1;
  while (to > from && (key.charAt(to - 1) === '.' || MARKS_AROUND.has(key.charAt(to - 1)))) to -= 1;
  return from === 0 && to === key.length ? key : key.slice(from, to);
}
