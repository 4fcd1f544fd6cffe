import { cs } from './cs.ts';
import { da } from './da.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fi } from './fi.ts';
import { fr } from './fr.ts';
import { hu } from './hu.ts';
import { id } from './id.ts';
import { it } from './it.ts';
import { ja } from './ja.ts';
import { ko } from './ko.ts';
import type { LabelList, Language, PhraseList, WordList } from './language.ts';
import { ms } from './ms.ts';
import { mul } from './mul.ts';
import { nl } from './nl.ts';
import { no } from './no.ts';
import { pl } from './pl.ts';
import { pt } from './pt.ts';
import { sv } from './sv.ts';
import { th } from './th.ts';
import { tr } from './tr.ts';
import { vi } from './vi.ts';
import { zh } from './zh.ts';

/** Every language that receipts are read in. A further one is a file of its own and a name here. */
export const LANGUAGES: readonly Language[] = [
  mul,
  en,
  ms,
  id,
  de,
  fr,
  es,
  pt,
  it,
  nl,
  sv,
  no,
  da,
  fi,
  pl,
  cs,
  hu,
  tr,
  vi,
  th,
  ja,
  ko,
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
