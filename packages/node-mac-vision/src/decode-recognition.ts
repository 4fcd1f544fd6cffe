import { fromVisionPoint, partOfQuad, uprightSize, WHOLE_IMAGE } from './geometry.ts';
import type { NativeRecognition } from './native-addon.ts';
import type { Character, Line, Quad, Recognition, RecognitionLevel, Region, Word } from './types.ts';

/** Reads numbers one after the other, as native/addon/marshal.cc wrote them. */
class NumberReader {
  readonly #numbers: Float64Array;
  readonly #region: Region;
  #at = 0;

  constructor(numbers: Float64Array, region: Region) {
    this.#numbers = numbers;
    this.#region = region;
  }

  number(): number {
    const number = this.#numbers[this.#at++];
    if (number === undefined) throw new RangeError('the native addon and its reader disagree about the layout');
    return number;
  }

  quad(): Quad {
    return [this.#point(), this.#point(), this.#point(), this.#point()];
  }

  #point() {
    const x = this.number();
    return fromVisionPoint(x, this.number(), this.#region);
  }
}

/**
 * The native result with its quads moved from the region that was read, origin bottom left, to the upright image.
 * The paper is looked for in the whole image, so its corners are not of the region.
 */
export function decodeRecognition(
  native: NativeRecognition,
  asked: { level: RecognitionLevel; region: Region },
): Recognition {
  const { orientation, revision, storedWidth, storedHeight, document } = native;
  const reader = new NumberReader(native.numbers, asked.region);
  return {
    ...uprightSize({ width: storedWidth, height: storedHeight }, orientation),
    orientation,
    revision,
    level: asked.level,
    lines: native.texts.map((text) => decodeLine(text, reader, asked.level)),
    ...(document && { document: new NumberReader(document, WHOLE_IMAGE).quad() }),
  };
}

function decodeLine(text: string, reader: NumberReader, level: RecognitionLevel): Line {
  const confidence = reader.number();
  const quad = reader.quad();
  const wordCount = reader.number();
  const characterCount = reader.number();
  const words = Array.from(
    { length: wordCount },
    (): Word => ({ confidence: null, ...decodeSpan(text, quad, reader) }),
  );
  const characters = Array.from({ length: characterCount }, (): Character => decodeSpan(text, quad, reader));
  return { text, confidence, quad, words, ...(level === 'fast' && { characters }) };
}

function decodeSpan(line: string, lineQuad: Quad, reader: NumberReader): Character {
  const start = reader.number();
  const end = start + reader.number();
  const quad = reader.quad();
  const text = line.slice(start, end);
  if (!Number.isNaN(quad[0][0])) return { text, quad };
  return { text, quad: partOfQuad(lineQuad, start / line.length, end / line.length), estimated: true };
}
