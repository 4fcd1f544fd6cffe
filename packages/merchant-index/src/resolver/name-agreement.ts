import { tellsName } from '@slipstream/shared';
import { distanceWithin } from './fuzzy-text.ts';
import type { NameStatistics } from './name-statistics.ts';
import { nameTokens } from './name-tokens.ts';

/** How a merchant's name and a receipt agree, each 0 to 1. */
export interface NameAgreement {
  /** How much of the merchant's name stands on the receipt's head. */
  readonly found: number;
  /** How much of the receipt's own name the merchant's name explains. */
  readonly explained: number;
  /** How much of the longer words of the merchant's name is not on the receipt at all, not even damaged. */
  readonly missing: number;
  /** The words of the merchant's name that are on the receipt and tell it from others. */
  readonly distinctive: readonly string[];
}

/** Below this a word is another word: chance alone makes words of the same length half alike. */
const LIKENESS_MIN = 0.6;
/** Two wrong letters make a word of three another one; longer ones survive them. */
const LONG_WORD = 4;
/** A word is distinctive when it weighs at least so much: about one in five names or fewer have it. */
const DISTINCTIVE_WEIGHT_MIN = 0.5;

/** Of a name that tells no merchants apart: it neither agrees nor differs, and other things have to decide. */
const NOTHING_SAID: NameAgreement = { found: 0.5, explained: 0.5, missing: 0, distinctive: [] };

/** `head`: the rows that say whom the receipt is from. `own`: its name as the parser read it, null where it found none. */
export function nameAgreement(
  name: string,
  head: readonly string[],
  own: string | null,
  statistics: NameStatistics,
): NameAgreement {
  if (!tellsName(name)) return NOTHING_SAID;
  const tokens = nameTokens(name);
  const found = coverage(tokens, textOf(head.join(' ')), statistics);
  // The parser may have taken another row for the name, a damaged one above all: the row that has most of it will do.
  const rows = head.filter((row) => coverage(tokens, textOf(row), statistics).share >= OWN_ROW_SHARE_MIN);
  const explained = [...rows, ...(own === null ? [] : [own])].map(
    (row) => coverage(nameTokens(withoutNumbers(row)), textOf(name), statistics).share,
  );
  return {
    found: found.share,
    explained: Math.max(0, ...explained),
    missing: found.missing,
    distinctive: found.distinctive,
  };
}

/** A row with so much of the merchant's name is the receipt's name. */
const OWN_ROW_SHARE_MIN = 0.5;

/** Registration numbers stand behind names on their row, and are no part of them. Told before folding, which makes digits of letters. */
function withoutNumbers(row: string): string {
  return row
    .split(/\s+/)
    .filter((word) => (word.match(/\d/g)?.length ?? 0) < REGISTRATION_DIGITS_MIN)
    .join(' ');
}

/** `99 SPEED MART` and `7-ELEVEN` keep theirs. */
const REGISTRATION_DIGITS_MIN = 3;

function textOf(text: string): string {
  return ` ${nameTokens(text).join(' ')} `;
}

function coverage(tokens: readonly string[], text: string, statistics: NameStatistics) {
  let all = 0;
  let seen = 0;
  let long = 0;
  let missing = 0;
  const distinctive: string[] = [];
  for (const token of tokens) {
    const weight = statistics.weight(token);
    const alike = presence(token, text);
    all += weight;
    seen += weight * alike;
    if (token.length >= LONG_WORD) {
      long += weight;
      if (alike === 0) missing += weight;
    }
    if (alike >= LIKENESS_MIN && weight >= DISTINCTIVE_WEIGHT_MIN && token.length >= 3) distinctive.push(token);
  }
  return { share: all === 0 ? 0 : seen / all, missing: long === 0 ? 0 : missing / long, distinctive };
}

/** How well a word stands in a text, 0 where only another word does. Its ends count: `MART` is not in `SMARTER`. */
function presence(token: string, text: string): number {
  const whole = ` ${token} `;
  // Most receipts are read well: then nothing has to be compared sign by sign.
  if (text.includes(whole)) return 1;
  const alike = 1 - distanceWithin(whole, text) / (token.length + 1);
  return alike < LIKENESS_MIN ? 0 : alike;
}
