import type { OcrDocument } from '@slipstream/shared';

/** Words that a person transcribed, and how many of them were read exactly; a word counts as often as it stands there. */
export interface Recall {
  readonly words: number;
  readonly read: number;
}

/** Letters' case is left aside: the transcripts are all upper case. */
export function wordRecall(document: OcrDocument, transcript: readonly string[]): Recall {
  const left = new Map<string, number>();
  for (const line of document.lines) {
    for (const { text } of line.words) left.set(text.toUpperCase(), (left.get(text.toUpperCase()) ?? 0) + 1);
  }
  let read = 0;
  for (const word of transcript) {
    const count = left.get(word.toUpperCase()) ?? 0;
    if (count === 0) continue;
    left.set(word.toUpperCase(), count - 1);
    read += 1;
  }
  return { words: transcript.length, read };
}

/** The words of a SROIE box file: eight coordinates a line, then the text, which may hold commas. */
export function boxWords(csv: string): string[] {
  return csv.split(/\r?\n/).flatMap((line) => line.split(',').slice(8).join(',').split(/\s+/).filter(Boolean));
}
