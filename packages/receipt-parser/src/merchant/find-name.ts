import { tellsName } from '@slipstream/shared';
import { phrases, phrasesSource, wordsSource } from '../languages/languages.ts';
import { printed, rowOf } from '../layout/row.ts';
import type { Word } from '../layout/word.ts';
import { countDigits } from '../text/count-digits.ts';
import type { FoundAddress } from './find-address.ts';
import type { HeadRow } from './head-rows.ts';
import { HeadText, withoutTrade } from './head-text.ts';
import { LEGAL_FORM, NOT_A_NAME } from './header-words.ts';

/** The merchant's name as words, with what speaks for it. */
export interface FoundName {
  readonly words: readonly Word[];
  readonly text: string;
  readonly score: number;
  /** Score of the next best row of the head, 0 where there is none. */
  readonly rival_score: number;
  readonly legal: boolean;
  /** Without a legal form, in a country where receipts are titled by the registered company. */
  readonly untitled: boolean;
  readonly rows: number;
}

/** A registration number behind the name on its row: `(519537-X)`, `273500-U (KSB)`, `(139386 X)`, misread `(1U79369-P)`. */
const NUMBER_BEHIND = new RegExp(
  String.raw`[\s(]*(?:\(? ?(?:${phrasesSource('registration_note')})?\b(?:[A-Z]{0,3}\d{4,}|(?<=\()\d[A-Z]\d{4,})[\d ]*(?:[- ]{0,3}[A-Z]{1,3})?\b ?\)?(?: ?\([A-Z\d]{1,5}\))?)\s*$`,
);
/** No registration number is shorter. */
const NUMBER_DIGITS_MIN = 4;
const NEVER_NAME = new RegExp(String.raw`\b(?:${phrasesSource('never_name')})\b`);
const OTHER_PARTY = phrases('other_party');
const JOINING = new RegExp(String.raw`\([^)]*\)?|\b(?:${wordsSource('joining')})\b\.?`, 'g');
/** A row that goes on below. */
const UNFINISHED = new RegExp(String.raw`(?:&|-|,|\b(?:${wordsSource('unfinished')})|^(?:${wordsSource('article')}))$`);

/** Countries whose receipts are headed by the company as it is registered, as tax invoices there have to be. */
const REGISTERED_NAME: ReadonlySet<string> = new Set(['MY', 'SG']);
/** A figure with a label: `STORE:107`, `TICKET NO 250`, `#12`. */
const LABELLED_NUMBER = new RegExp(
  String.raw`^\W*(?:${wordsSource('head_label')}|${wordsSource('document')}|${wordsSource('transaction')})\b ?[A-Z]{0,8} ?(?::|NO\b\.?|#|-) ?[A-Z\d-]*\d`,
);
const LABEL = /^[A-Z .#]{2,18}:/;
/** `MICHAELS #9416`: which of its shops, behind the name. */
const SHOP_NUMBER = /^\D{4,}#\d+\W*$/;
/** `JAMAICA PLAIN, MA`. */
const TOWN_AND_STATE = /^[A-Z .'-]{3,}, ?[A-Z]{2}$/;
const GREETING = new RegExp(String.raw`^\W*(?:${phrasesSource('greeting')})[\s!,.:*]*`);
const SLOGAN = phrases('slogan');
const CLOCK = /\d:[0-5]\d/;

/**
 * Whom the receipt is from: the first row of letters that is no greeting, label, number, time or address, unless
 * another speaks clearly against it. Where brand and registered company both stand in the head, the company is the
 * name in the countries that title their receipts by it, elsewhere the brand above it.
 */
export function findName(
  all_rows: readonly HeadRow[],
  address: FoundAddress | null,
  country: string | null = 'MY',
): FoundName | null {
  const head = all_rows.map(nameOnly);
  const end = address?.from ?? head.length;
  const registered = country === null || REGISTERED_NAME.has(country);
  const points = head.map((_, i) => namePoints(head, i, address, registered));
  // Long lists of words: only asked of rows that are in question.
  const first = points.findIndex(
    (value, i) =>
      value > 0 && (head[i]?.text.letters ?? 0) >= FIRST_ROW_LETTERS_MIN && (value > SLOGAN_COST || !isSlogan(head[i])),
  );
  const scored = withoutSlogans(
    head,
    points.map((value, i) => ({ i, score: value + (i === first ? FIRST_ROW_POINTS : 0) })),
  );
  // The best of which the words tell whose it is: a label or a means of payment alone is nobody's name.
  const best = firstOf(scored, ({ i, score }) => {
    const span = spanOf(head, i, end);
    const { words, text } = trimNumber(head.slice(span.from, span.to).flatMap(({ row }) => row.words));
    return words.length > 0 && tellsName(text) ? { span, words, text, score } : null;
  });
  if (best === null) return null;
  const { span, words, text } = best;
  const rival = scored.find(({ i, score }) => score <= best.score && (i < span.from || i >= span.to));
  const legal = LEGAL_FORM.test(words.map((word) => word.key).join(' '));
  return {
    words,
    text,
    score: best.score,
    rival_score: rival?.score ?? 0,
    legal,
    untitled: !legal && country !== null && REGISTERED_NAME.has(country),
    rows: span.to - span.from,
  };
}

function firstOf<T, U>(items: readonly T[], find: (item: T) => U | null): U | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}

const SLOGAN_COST = 5;

interface Scored {
  readonly i: number;
  readonly score: number;
}

function isSlogan(row: HeadRow | undefined): boolean {
  return row !== undefined && (GREETING.test(row.row.key) || SLOGAN.test(row.row.key));
}

/** The rows that can be a name, best first; of the best, those that are greetings or slogans have less. */
function withoutSlogans(head: readonly HeadRow[], rows: readonly Scored[]): Scored[] {
  const better = (a: Scored, b: Scored): number => b.score - a.score || a.i - b.i;
  const scored = rows.filter(({ score }) => score > Number.NEGATIVE_INFINITY).sort(better);
  const asked = new Set<number>();
  for (;;) {
    const at = scored.findIndex(({ i }, place) => place < LOOKED_AT && !asked.has(i));
    const row = scored[at];
    if (row === undefined) return scored;
    asked.add(row.i);
    if (!isSlogan(head[row.i])) continue;
    scored[at] = { i: row.i, score: row.score - SLOGAN_COST };
    scored.sort(better);
  }
}

/** The name and its rival, and one to spare. */
const LOOKED_AT = 3;

/** What the first row of letters has before all others: more than a trade or a size of print. */
const FIRST_ROW_POINTS = 3;
/** Shorter rows are what is left of a logo. */
const FIRST_ROW_LETTERS_MIN = 3;

/** A stamp across the paper stands this much higher than the print. */
const STAMP_HEIGHTS_MIN = 1.4;

/** A row without the greeting before its name, and without a title, telephone number, day or stamp behind it. */
function nameOnly(row: HeadRow): HeadRow {
  const { words } = row.row;
  let from = 0;
  const greeting = GREETING.exec(row.row.key)?.[0].length ?? 0;
  if (greeting > 0) {
    while (from < words.length && (row.row.starts[from] ?? 0) < greeting) from += 1;
    if (from === words.length || !/\p{L}{2}/u.test(row.row.key.slice(greeting))) return row;
  }
  let to = words.length;
  const lines = words[0]?.line !== words.at(-1)?.line;
  const may_end = row.row.digits >= PHONE_DIGITS_MIN || lines || row.row.key.includes('\t');
  for (let i = from + 1; may_end && i < words.length; i += 1) {
    const start = row.row.starts[i] ?? 0;
    const behind = row.row.key.slice(start);
    const apart = row.row.key[start - 1] === '\t' || isStamp(words[i - 1], words[i]);
    const column = apart && /\p{L}{3}/u.test(row.row.key.slice(0, start));
    if (
      (row.row.digits >= PHONE_DIGITS_MIN && PHONE_BEHIND.test(behind)) ||
      (column && (NOT_A_NAME.test(behind) || CLOCK.test(behind)))
    ) {
      to = i;
      break;
    }
  }
  if (from === 0 && to === words.length) return row;
  const cut = rowOf(words.slice(from, to));
  return { row: cut, text: new HeadText(cut.key, cut.digits) };
}

function isStamp(before: Word | undefined, word: Word | undefined): boolean {
  if (before === undefined || word === undefined) return false;
  return before.line !== word.line && word.height > STAMP_HEIGHTS_MIN * before.height;
}

const PHONE_DIGITS_MIN = 6;
const PHONE_BEHIND = new RegExp(String.raw`^(?:${wordsSource('phone')})\b ?[.:]{0,2} ?[+(]?\d[\d() -]{5,}`);

function namePoints(
  head: readonly HeadRow[],
  index: number,
  address: FoundAddress | null,
  registered: boolean,
): number {
  const here = head[index];
  if (here === undefined || (address !== null && index >= address.from && index < address.to))
    return Number.NEGATIVE_INFINITY;
  const { row } = here;
  const bare_key = bareName(row.key, row.digits);
  const bare = bare_key === row.key ? here.text : new HeadText(bare_key);
  const { letters } = bare;
  if (letters < 2) return Number.NEGATIVE_INFINITY;
  const legal = bare.has('legal_form');
  if (bare.has('no_name') && !(legal && letters > 10 && !NEVER_NAME.test(bare_key))) return Number.NEGATIVE_INFINITY;
  if (LABELLED_NUMBER.test(row.key) && letters < 12) return Number.NEGATIVE_INFINITY;
  // `STORE 70501`: which of its shops.
  if (here.text.digits > 0 && !legal && isBranch(here.text)) return Number.NEGATIVE_INFINITY;
  const trade = bare.has('trade_word') && !(listsTrades(bare) && namesNobody(bare));
  let points = 1;
  if (legal) points += registered ? 5 : 1.5;
  if (trade) points += 2;
  if (index <= 1) points += 1.5;
  points -= 0.35 * index;
  if (row.height > 1.3) points += 1;
  const below = head[index + 1]?.text;
  const registered_below = below?.has('registration') ?? false;
  // A registration number below or behind is a title where receipts are headed by the company as it is registered.
  if (registered_below || bare_key.length < row.key.trim().length) points += registered ? 2.5 : 2;
  const above = head[index - 1]?.row.key;
  if (above !== undefined && OTHER_PARTY.test(above)) points -= 6;
  // Below the address stands the owner, with a registration number, or something else.
  if (address !== null && index >= address.to) points -= registered_below ? 1 : 3;
  if (bare.digits > 0 && !legal && !trade && !SHOP_NUMBER.test(bare_key)) points -= 1.5;
  if (!legal && TOWN_AND_STATE.test(row.key)) points -= 3;
  if (bare.has('postcode') || (bare.has('house_number') && bare.has('place'))) points -= 4;
  if (row.key.startsWith('(') && row.key.endsWith(')')) points -= 3;
  if (letters < 4) points -= 1.5;
  if (LABEL.test(row.key) && !trade) points -= 4;
  if (CLOCK.test(row.key)) points -= 6;
  // `1050 N. HANCOCK ST`, `KARL JOHANS GATE 18C`: a street by itself, which makes no address yet.
  if (!legal && ((index > 0 && /^\d{2,5}[ ,]?[A-Z]/.test(row.key)) || bare.has('street_and_number')) && !trade)
    points -= 3;
  return points;
}

/** Rows that belong to one name: a legal form alone, an open bracket, a trailing `&` reach over the row's end. */
function spanOf(head: readonly HeadRow[], index: number, end: number): { from: number; to: number } {
  let from = index;
  let to = index + 1;
  while (from > 0 && continues(head[from - 1], head[from])) from -= 1;
  const wrapped = from < index && opensBracket(head[from]?.row.key ?? '');
  while (wrapped && from > 0 && isFullRow(head[from - 1], head[from]) && !head[from - 1]?.text.has('no_name'))
    from -= 1;
  while (to < Math.max(end, index + 1) && continues(head[to - 1], head[to])) to += 1;
  if (ARTICLE.test(head[from]?.text.key ?? ''))
    while (to - from < STACKED_ROWS_MAX && isOneWord(head, to, end)) to += 1;
  return { from, to };
}

/** `THE`, below it `ROUND`, below it `TOWER`: a name of one word a row. */
const ARTICLE = new RegExp(`^(?:${wordsSource('article')})$`);
const STACKED_ROWS_MAX = 3;

function isOneWord(head: readonly HeadRow[], index: number, end: number): boolean {
  const here = head[index];
  if (here === undefined || index >= end || here.row.words.length !== 1) return false;
  const { text } = here;
  const is_other = text.has('no_name') || text.has('registration') || text.has('region');
  return text.digits === 0 && text.letters >= 3 && !is_other && !/[:.@,]/.test(text.key);
}

function continues(above: HeadRow | undefined, below: HeadRow | undefined): boolean {
  if (above === undefined || below === undefined || above.text.key === '' || below.text.key === '') return false;
  if (above.text.has('no_name') || below.text.has('no_name') || below.text.has('registration')) return false;
  if (UNFINISHED.test(above.text.key)) return true;
  if (opensBracket(above.text.key) && above.text.letters >= BRACKETED_LETTERS_MIN) return true;
  return !above.text.has('legal_form') && namesNobody(below.text) && !listsTrades(below.text) && !isBranch(below.text);
}

/** A word for a shop and a number: `STORE 70501`, `SHOP NO. 12`. */
function isBranch(text: HeadText): boolean {
  return text.digits > 0 && text.has('trade_word') && BRANCH.test(text.key);
}

const BRANCH = new RegExp(String.raw`^\W*(?:\p{L}+\W+)?(?:(?:${wordsSource('head_number')})\b)?\W*\d+\W*$`, 'u');

/** `A03(27`: a number scribbled above the name, not a name that goes on below. */
const BRACKETED_LETTERS_MIN = 3;

/** `CAFE - BRASSERIE`, `FOOD, DRINKS`: what is sold, below the name. */
function listsTrades(text: HeadText): boolean {
  return !text.has('legal_form') && /[-,/|]/.test(text.key);
}

/** Nothing but a trade or a legal form, or both: `HARDWARE TRADING SDN BHD`, `DINER`. Whose it is stands above. */
function namesNobody(text: HeadText): boolean {
  if (!text.has('legal_form') && !text.has('trade_word')) return false;
  const form = LEGAL_FORM.exec(text.key);
  // `PT SARI RASA`: where the form stands first, the name is behind it.
  const own = form?.index === 0 ? text.key.slice(form[0].length) : text.key.slice(0, form?.index);
  const rest = withoutTrade(own)
    .replace(JOINING, '')
    .replace(/[^\p{L}]/gu, '');
  return rest.length < 3;
}

function opensBracket(key: string): boolean {
  return (key.match(/\(/g)?.length ?? 0) > (key.match(/\)/g)?.length ?? 0);
}

/** Boxes of one print differ in height by this share, as letters reach above and below. */
const PRINT_TOLERANCE = 0.25;

/** Narrow paper breaks a long name: every row but the last is as wide as the next one, and in the same print. */
function isFullRow(above: HeadRow | undefined, below: HeadRow | undefined): boolean {
  if (above === undefined || below === undefined) return false;
  const width = above.row.right - above.row.left;
  return (
    width > 0.95 * (below.row.right - below.row.left) &&
    Math.abs(above.row.height / below.row.height - 1) < PRINT_TOLERANCE
  );
}

function bareName(key: string, digits: number): string {
  return (digits < NUMBER_DIGITS_MIN ? key : key.replace(NUMBER_BEHIND, '')).trim();
}

/** Without the registration number behind the name, also where that is printed into its last word. */
function trimNumber(words: readonly Word[]): { words: readonly Word[]; text: string } {
  const keys = words.map((word) => word.key).join(' ');
  const bare = bareName(keys, countDigits(keys));
  if (bare.length < 3 || bare.length === keys.length) return { words, text: printed(words) };
  const kept: Word[] = [];
  let text = '';
  let at = 0;
  for (const word of words) {
    if (at >= bare.length) break;
    const share = bare.length - at;
    // Folding changes the length of few words; those are kept or left whole.
    const cut = share < word.key.length && word.key.length === word.text.length;
    if (share < word.key.length && !cut) break;
    kept.push(word);
    text += (text === '' ? '' : ' ') + (cut ? word.text.slice(0, share) : word.text);
    at += word.key.length + 1;
  }
  return kept.length === 0 ? { words, text: printed(words) } : { words: kept, text: text.trim() };
}
