import type { RgbImage } from '../pictures/rgb-image.ts';
import { decodeWords, type ReadWord } from './ctc.ts';
import { cutLine, cutWidth, LINE_HEIGHT_PX } from './cut-line.ts';
import type { Network } from './runtime.ts';
import type { TextBox } from './text-box.ts';

/** Lines read in one run; more costs memory, fewer costs time. */
const BATCH = 6;
/** Narrower lines are padded to this: without it .006 of recall is lost, with 320 a third more time. */
const WIDTH_PX_MIN = 160;
/** Pixels of one batch: a few very long lines are read by themselves. */
const BATCH_WIDTH_PX_MAX = 6_400;

export interface Recognition {
  readonly network: Network;
  /** What each class reads as. */
  readonly letters: readonly string[];
}

export interface TextLine {
  readonly box: TextBox;
  /** Steps of the whole box: words' `from` and `to` are of these. */
  readonly steps: number;
  readonly words: readonly ReadWord[];
}

/** Reads each box; lines of like width together. The results are in the order of `boxes`. */
export async function readLines(
  { network, letters }: Recognition,
  image: RgbImage,
  boxes: readonly TextBox[],
): Promise<TextLine[]> {
  const byWidth = boxes.map((box, index) => ({ box, index, width: cutWidth(box) })).sort((a, b) => a.width - b.width);
  const lines: TextLine[] = [];
  for (let from = 0; from < byWidth.length; ) {
    const widest = byWidth[Math.min(from + BATCH, byWidth.length) - 1]?.width ?? 0;
    const count = widest * BATCH > BATCH_WIDTH_PX_MAX ? Math.max(1, Math.floor(BATCH_WIDTH_PX_MAX / widest)) : BATCH;
    const batch = byWidth.slice(from, from + count);
    from += count;
    const width = Math.max(WIDTH_PX_MIN, batch.at(-1)?.width ?? 0);
    const input = new Float32Array(batch.length * 3 * LINE_HEIGHT_PX * width);
    for (const [place, { box, width: own }] of batch.entries()) {
      const { planes } = cutLine(image, box, own);
      const rows = 3 * LINE_HEIGHT_PX;
      for (let row = 0; row < rows; row += 1) {
        input.set(planes.subarray(row * own, (row + 1) * own), (place * rows + row) * width);
      }
    }
    const { values, dims } = await network.run(input, [batch.length, 3, LINE_HEIGHT_PX, width]);
    const [, steps = 0, classes = 0] = dims;
    if (classes !== letters.length) throw new Error(`the network has ${classes} classes, not ${letters.length}`);
    for (const [place, { box, index, width: own }] of batch.entries()) {
      const ownSteps = Math.min(steps, Math.ceil((own * steps) / width));
      const words = decodeWords({ values, offset: place * steps * classes, steps: ownSteps, classes }, letters);
      lines[index] = { box, steps: (own * steps) / width, words };
    }
  }
  return lines;
}
