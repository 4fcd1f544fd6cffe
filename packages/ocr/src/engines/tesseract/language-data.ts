import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { SlipstreamError } from '@slipstream/shared';

/** A language's trained data, gzipped, as its npm package brings them. Nothing is ever downloaded. */
export interface LanguageData {
  /** Tesseract's own code: eng, deu, jpn. */
  readonly code: string;
  readonly data: Uint8Array;
}

/** The LSTM network with integer weights. */
const VARIANT = '4.0.0_best_int';
const CODE_PATTERN = /^[a-z]{3}(_[a-z]{1,8})*$/i;
const require = createRequire(import.meta.url);

/** Two letters as Tesseract writes them; others are taken to be its own codes. */
const THREE_LETTERS: Readonly<Record<string, string>> = {
  ar: 'ara',
  bg: 'bul',
  de: 'deu',
  en: 'eng',
  es: 'spa',
  fa: 'fas',
  fr: 'fra',
  he: 'heb',
  hi: 'hin',
  it: 'ita',
  ko: 'kor',
  pl: 'pol',
  pt: 'por',
  ru: 'rus',
  sr: 'srp',
  th: 'tha',
  tr: 'tur',
  uk: 'ukr',
};

/** Tesseract's code of a language: `ru-RU` and `ru` are `rus`. */
export function tesseractCode(language: string): string {
  return THREE_LETTERS[language.toLowerCase().split('-')[0] ?? ''] ?? language;
}

/** CONFIGURATION_INVALID where a language's package is not installed, saying how to install it. */
export async function readLanguages(codes: readonly string[]): Promise<LanguageData[]> {
  return Promise.all(codes.map(async (code) => ({ code, data: await readFile(trainedDataPath(code)) })));
}

function trainedDataPath(code: string): string {
  const packageName = `@tesseract.js-data/${code}`;
  if (!CODE_PATTERN.test(code)) {
    throw new SlipstreamError(
      'CONFIGURATION_INVALID',
      `"${code}" is no language code of Tesseract's; --languages takes codes such as eng,deu.`,
    );
  }
  try {
    return join(dirname(require.resolve(`${packageName}/package.json`)), VARIANT, `${code}.traineddata.gz`);
  } catch (cause) {
    throw new SlipstreamError(
      'CONFIGURATION_INVALID',
      `The data of the language "${code}" are not installed: run \`npm install ${packageName}\`.`,
      { cause },
    );
  }
}
