import type { Script } from '@slipstream/ocr-models';

/** Codes of languages by the script they are written in: ISO 639-1 and -2, and Tesseract's own. */
const ALL_LETTERS = new Set(['ja', 'jpn', 'zh', 'chi', 'zho', 'chi_sim', 'chi_tra', 'el', 'ell', 'gre']);
const OTHER_SCRIPTS: Readonly<Record<string, string>> = {
  Cyrillic: 'ru rus uk ukr bg bul sr srp mk mkd be bel kk kaz ky kir mn mon tg tgk',
  Arabic: 'ar ara fa fas per ur urd ps pus ug uig',
  Hebrew: 'he heb yi yid',
  Thai: 'th tha',
  Hangul: 'ko kor',
  'an Indian script': 'hi hin bn ben ta tam te tel mr mar gu guj kn kan ml mal pa pan ne nep si sin or ori sa san',
  'another script': 'ka kat hy hye am amh km khm lo lao my mya bo bod',
};
const SCRIPT_OF = new Map(
  Object.entries(OTHER_SCRIPTS).flatMap(([script, codes]) => codes.split(' ').map((code) => [code, script] as const)),
);

/** Codes as they were given, parted by whether PP-OCR's models have the letters of their script. */
export function partedByScript(languages: readonly string[]): { readonly read: string[]; readonly other: string[] } {
  const isRead = (code: string) => 'script' in scriptFor([code]);
  return { read: languages.filter(isRead), other: languages.filter((code) => !isRead(code)) };
}

/** What PP-OCR's models read of these languages: a script to load, or the first script that they cannot read. */
export function scriptFor(languages: readonly string[]): { readonly script: Script } | { readonly unreadable: string } {
  const bases = languages.map((code) => code.toLowerCase());
  const codes = bases.map((code) => (ALL_LETTERS.has(code) ? code : (code.split(/[-_]/)[0] ?? code)));
  for (const code of codes) {
    const unreadable = SCRIPT_OF.get(code);
    if (unreadable !== undefined) return { unreadable };
  }
  return { script: codes.some((code) => ALL_LETTERS.has(code)) ? 'all' : 'latin' };
}
