/**
 * A word of the document in the receipt's own frame: the page is turned so that text runs along +x, and one unit of
 * length is the height of the receipt's middle-sized text line. Nothing after the layout knows pixels or quads.
 */
export interface Word {
  /** As printed. */
  readonly text: string;
  /** For comparison, see `fold`. */
  readonly key: string;
  /** How many of 0 to 9 are in `key`. */
  readonly digits: number;
  /** Index of the OCR line in the document. */
  readonly line: number;
  /** Index within the OCR line; null where the engine gave the line no words. */
  readonly index: number | null;
  /** Engine's confidence in the word, or in its line where it rates no words: 0..1. */
  readonly confidence: number;
  readonly left: number;
  readonly right: number;
  /** Height of the middle of the word above the page's top, growing downwards, at its left and right end. */
  readonly y_left: number;
  readonly y_right: number;
  readonly height: number;
}
