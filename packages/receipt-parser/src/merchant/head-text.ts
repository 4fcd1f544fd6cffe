import type { WordList } from '../languages/language.ts';
import { wordTerms } from '../languages/languages.ts';
import { anyWord } from '../text/any-word.ts';
import { countDigits } from '../text/count-digits.ts';
import { countLetters } from '../text/count-letters.ts';
import { PrefixTable, prefixesOf } from '../text/prefix-table.ts';
import { HOUSE_NUMBER, PLACE_ENDING, POSTCODE, STREET_AND_NUMBER } from './address-forms.ts';
import { ADDRESS_STOP, LEGAL_FORM, NOT_A_NAME, REGISTRATION } from './header-words.ts';

/** What a text of the head can have in it. */
export type HeadSign =
  | 'legal_form'
  | 'trade_word'
  | 'place'
  | 'region'
  | 'postcode'
  | 'house_number'
  | 'street_and_number'
  | 'registration'
  | 'address_stop'
  | 'no_name';

const FIRST_LETTERS = new PrefixTable();

/** Whole words of a list, looked for only in texts with a word that begins like one of them. */
function wholeWords(name: WordList, list: number): (text: HeadText) => boolean {
  const words = wordTerms(name);
  for (const prefix of prefixesOf(words)) FIRST_LETTERS.add(prefix, list);
  const pattern = anyWord(words.map((word) => `${word}\\b`));
  return (text) => (text.lists & list) !== 0 && pattern.test(text.key);
}

const isTradeWord = wholeWords('trade', 1);
const isPlaceWord = wholeWords('place', 2);
const isRegion = wholeWords('region', 4);

const EVERY_TRADE_WORD = new RegExp(anyWord(wordTerms('trade').map((word) => `${word}\\b`)).source, 'g');

/** A folded text without the words that shops of many countries put into their names. */
export function withoutTrade(key: string): string {
  return key.replace(EVERY_TRADE_WORD, '');
}

/** Every postcode has two digits or more, or a sign that no Latin text has. */
const POSTCODE_DIGITS_MIN = 2;

const SIGNS: Readonly<Record<HeadSign, { readonly bit: number; readonly isIn: (text: HeadText) => boolean }>> = {
  legal_form: { bit: 1, isIn: ({ key }) => LEGAL_FORM.test(key) },
  trade_word: { bit: 2, isIn: isTradeWord },
  place: { bit: 4, isIn: (text) => isPlaceWord(text) || PLACE_ENDING.test(text.key) },
  region: { bit: 8, isIn: isRegion },
  postcode: {
    bit: 16,
    isIn: ({ key, digits }) => (digits >= POSTCODE_DIGITS_MIN || /[^\0-\x7f]/.test(key)) && POSTCODE.test(key),
  },
  house_number: { bit: 32, isIn: ({ key, digits }) => digits > 0 && HOUSE_NUMBER.test(key) },
  street_and_number: { bit: 512, isIn: ({ key, digits }) => digits > 0 && STREET_AND_NUMBER.test(key) },
  registration: { bit: 64, isIn: ({ key }) => REGISTRATION.test(key) },
  address_stop: { bit: 128, isIn: ({ key }) => ADDRESS_STOP.test(key) },
  no_name: { bit: 256, isIn: ({ key }) => NOT_A_NAME.test(key) },
};

/** A folded text of the head. What is in it is made out when first asked for: name and address ask for much the same. */
export class HeadText {
  readonly key: string;
  readonly digits: number;
  #letters = -1;
  #lists = -1;
  #asked = 0;
  #found = 0;

  constructor(key: string, digits: number = countDigits(key)) {
    this.key = key;
    this.digits = digits;
  }

  get letters(): number {
    if (this.#letters < 0) this.#letters = countLetters(this.key);
    return this.#letters;
  }

  /** Lists of words that the text may have one of, see `PrefixTable`. */
  get lists(): number {
    if (this.#lists < 0) this.#lists = FIRST_LETTERS.listsOf(this.key);
    return this.#lists;
  }

  has(sign: HeadSign): boolean {
    const { bit, isIn } = SIGNS[sign];
    if ((this.#asked & bit) === 0) {
      this.#asked |= bit;
      if (isIn(this)) this.#found |= bit;
    }
    return (this.#found & bit) !== 0;
  }
}
