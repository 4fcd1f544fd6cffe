/** The scripts that an engine reads with its present settings, and what reads the others: for a person. */
export function scriptsSentence(engine: string, level: string, languages: readonly string[]): string {
  switch (engine) {
    case 'ppocr':
      return level.startsWith('all')
        ? 'Latin, Greek, Chinese, Japanese; --languages eng leaves out all but Latin and is faster'
        : 'Latin; --languages ja, zh or el adds Chinese, Japanese and Greek; other scripts: --languages eng,rus, eng,ara, eng,tha … (Tesseract reads the pictures that are in them)';
    case 'tesseract':
      return `those of its languages: ${languages.length === 0 ? 'eng' : languages.join(', ')}; --languages rus,eng adds others`;
    case 'apple-vision':
      return languages.length === 0 ? 'what Vision recognises by itself' : `those of ${languages.join(', ')}`;
    default:
      return 'none';
  }
}
