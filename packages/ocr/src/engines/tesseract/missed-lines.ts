import type { InkComponent } from './ink-components.ts';
import { boxAround, type PageBox, sharedHeight } from './page-box.ts';
import { isLetter, median } from './text-geometry.ts';

/** Letters that make a piece of text worth another look; fewer are dirt and dashes. */
const LETTERS_MIN = 3;
/** Letters further apart than this many of their heights belong to different pieces. */
const GAP_HEIGHTS_MAX = 1.5;
/** The tallest pieces first: they are names and totals. */
const PIECES_MAX = 12;

/**
 * Pieces of text on a level page that no word covers, each a part of one line, as boxes around their letters.
 * Tesseract's single block leaves out what is much larger than the rest: the name at the top of the receipt.
 */
export function missedLines(components: readonly InkComponent[], words: readonly PageBox[]): PageBox[] {
  const missed = components.filter(isLetter).filter((letter) => !words.some((word) => covers(word, letter)));
  return piecesOf(missed)
    .filter((letters) => letters.length >= LETTERS_MIN)
    .map((letters) => ({ box: boxAround(letters), height: median(letters.map(({ y0, y1 }) => y1 - y0)) }))
    .sort((one, other) => other.height - one.height)
    .slice(0, PIECES_MAX)
    .map(({ box }) => box);
}

function covers(word: PageBox, letter: PageBox): boolean {
  const x = (letter.x0 + letter.x1) / 2;
  const y = (letter.y0 + letter.y1) / 2;
  return x >= word.x0 && x <= word.x1 && y >= word.y0 && y <= word.y1;
}

/** From left to right, each letter joins the nearest piece that ends beside it. */
function piecesOf(letters: readonly InkComponent[]): InkComponent[][] {
  const pieces: InkComponent[][] = [];
  for (const letter of letters.toSorted((one, other) => one.x0 - other.x0)) {
    const piece = pieces.find((candidate) => {
      const last = candidate.at(-1);
      return last !== undefined && continues(last, letter);
    });
    if (piece === undefined) pieces.push([letter]);
    else piece.push(letter);
  }
  return pieces;
}

function continues(last: InkComponent, letter: InkComponent): boolean {
  const heights = [last.y1 - last.y0, letter.y1 - letter.y0];
  const tallest = Math.max(...heights);
  return (
    letter.x0 - last.x1 <= GAP_HEIGHTS_MAX * tallest &&
    sharedHeight(last, letter) > 0.5 &&
    Math.min(...heights) > 0.4 * tallest
  );
}
