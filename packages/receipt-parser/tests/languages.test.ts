import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Language } from '../src/languages/language.ts';
import { LANGUAGES } from '../src/languages/languages.ts';
import { fold } from '../src/text/fold.ts';

const SOURCES = join(import.meta.dirname, '../src');

/** Every term of a language with the list that it is in. */
function termsOf({ labels, signs, words, phrases }: Language): { list: string; term: string }[] {
  return [labels, signs, words, phrases].flatMap((lists) =>
    Object.entries(lists ?? {}).flatMap(([list, terms]) => terms.map((term) => ({ list, term }))),
  );
}

/** What a term says literally: its runs of capitals, and of letters beyond Latin. */
function literals(text: string): string[] {
  return text.replace(/\\[a-z]\w{0,4}/gi, ' ').match(/[A-Z]{3,}|(?:(?!\p{Script=Latin})\p{L}){2,}/gu) ?? [];
}

describe.each(LANGUAGES.map((language): [string, Language] => [language.code, language]))(
  'language %s',
  (code, language) => {
    it('is a file of its own, named by its code', () => {
      expect(readdirSync(join(SOURCES, 'languages'))).toContain(`${code}.ts`);
    });

    it('has folded terms that are patterns, each once in its list', () => {
      const all = termsOf(language);
      for (const { term } of all) {
        expect(() => new RegExp(term, term.includes('\\p{') ? 'u' : '')).not.toThrow();
        for (const literal of literals(term)) expect(fold(literal)).toBe(literal);
      }
      const keyed = [language.labels, language.signs, language.words, language.phrases].flatMap((lists) =>
        Object.values(lists ?? {}),
      );
      for (const terms of keyed) expect(new Set(terms).size).toBe(terms.length);
    });

    it('names twelve months, if any', () => {
      expect([0, 12]).toContain(language.months?.length ?? 0);
      for (const names of language.months ?? [])
        for (const name of names.split(' ')) expect(name).toMatch(/^\p{Lu}{3,7}$/u);
    });
  },
);

describe('languages', () => {
  it('are all files of their folder: one that languages.ts does not name is read by nobody', () => {
    const shared = ['language.ts', 'languages.ts', 'terms.ts'];
    const files = readdirSync(join(SOURCES, 'languages')).filter((name) => !shared.includes(name));
    expect(LANGUAGES.map(({ code }) => `${code}.ts`).sort()).toEqual(files.sort());
  });

  it('agree on the months that their names begin like', () => {
    const months = new Map<string, number>();
    for (const { months: names = [] } of LANGUAGES) {
      for (const [month, prefixes] of names.entries()) {
        for (const prefix of prefixes.split(' ')) {
          expect(months.get(prefix) ?? month, prefix).toBe(month);
          months.set(prefix, month);
        }
      }
    }
  });

  it('have a file each in the folder', () => {
    const shared = ['language.ts', 'languages.ts', 'terms.ts'];
    const files = readdirSync(join(SOURCES, 'languages')).filter((name) => !shared.includes(name));
    expect(files.sort()).toEqual(LANGUAGES.map(({ code }) => `${code}.ts`).sort());
  });

  it('have their words nowhere else in the parser', () => {
    const vocabulary = new Set(
      LANGUAGES.flatMap((language) => termsOf(language).flatMap(({ term }) => literals(term))),
    );
    // A currency's code or mark is no word, and places of a country are evidence for it.
    const elsewhere = sourcesBelow(SOURCES).filter(
      (file) => !/[\\/](?:languages|country)[\\/]|currency-marks\.ts$/.test(file),
    );
    const found = elsewhere.flatMap((file) =>
      quotedIn(readFileSync(file, 'utf8'))
        .flatMap((text) => literals(text))
        .filter((word) => vocabulary.has(word) && !CODES.has(word))
        .map((word) => `${file.slice(SOURCES.length + 1)}: ${word}`),
    );
    expect(found).toEqual([]);
  });
});

/** Parts of the codes that reasons of review have, of currencies, and of web addresses. */
const CODES = new Set(
  'ITEMS TAX ITEM COUNT PAYMENT CHARGE EUR NOT WWW HTTP COM NET ORG SHOP STORE CODE TOTAL DATE UPI GST DAY CHF'.split(
    ' ',
  ),
);

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

/** Texts and regular expressions of a source file, without its comments and what templates insert. */
function quotedIn(source: string): string[] {
  const code = source
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/\$\{[^}]*\}/g, ' ');
  return code.match(/'[^'\n]*'|"[^"\n]*"|`[^`]*`|\/(?![/*])(?:\\.|\[(?:\\.|[^\]\n])*\]|[^/\n\\[])+\/[a-z]*/g) ?? [];
}
