import { ar } from './ar.ts';
import { bg } from './bg.ts';
import { cs } from './cs.ts';
import { da } from './da.ts';
import { de } from './de.ts';
import { el } from './el.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { et } from './et.ts';
import { fi } from './fi.ts';
import { fr } from './fr.ts';
import { he } from './he.ts';
import { hu } from './hu.ts';
import { id } from './id.ts';
import { it } from './it.ts';
import { ja } from './ja.ts';
import { ko } from './ko.ts';
import type { LabelList, Language, PhraseList, WordList } from './language.ts';
import { lt } from './lt.ts';
import { lv } from './lv.ts';
import { ms } from './ms.ts';
import { mul } from './mul.ts';
import { nl } from './nl.ts';
import { no } from './no.ts';
import { pl } from './pl.ts';
import { pt } from './pt.ts';
import { ro } from './ro.ts';
import { ru } from './ru.ts';
import { sk } from './sk.ts';
import { sl } from './sl.ts';
import { sr } from './sr.ts';
import { sv } from './sv.ts';
import { th } from './th.ts';
import { tr } from './tr.ts';
import { uk } from './uk.ts';
import { vi } from './vi.ts';
import { zh } from './zh.ts';

/** Every language that receipts are read in. A further one is a file of its own and a name here. */
export const LANGUAGES: readonly Language[] = [
  mul,
  en,
  ar,
  bg,
  cs,
  da,
  de,
  el,
  es,
  et,
  fi,
  fr,
  he,
  hu,
  id,
  it,
  ja,
  ko,
  lt,
  lv,
  ms,
  nl,
  no,
  pl,
  pt,
  ro,
  ru,
  sk,
  sl,
  sr,
  sv,
  th,
  tr,
  uk,
  vi,
  zh,
];

/** The label words of all languages, each once. */
export function labelTerms(list: LabelList): readonly string[] {
  return unique(LANGUAGES.flatMap(({ labels }) => labels?.[list] ?? []));
}

/** The signs of all languages that say what a label word of the list says. */
export function labelSigns(list: LabelList): readonly string[] {
  return unique(LANGUAGES.flatMap(({ signs }) => signs?.[list] ?? []));
}

export function wordTerms(list: WordList): readonly string[] {
  return unique(LANGUAGES.flatMap(({ words }) => words?.[list] ?? []));
}

/** The words of a list as alternatives of a regular expression, without brackets. */
export function wordsSource(list: WordList): string {
  return wordTerms(list).join('|');
}

/** The phrases of a list as alternatives of a regular expression, without brackets. */
export function phrasesSource(list: PhraseList): string {
  return unique(LANGUAGES.flatMap(({ phrases }) => phrases?.[list] ?? [])).join('|');
}

/** Whether a text has any phrase of the list. */
export function phrases(list: PhraseList): RegExp {
  return new RegExp(phrasesSource(list));
}

function unique(terms: readonly string[]): readonly string[] {
  return [...new Set(terms)];
}
