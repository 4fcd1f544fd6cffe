import type { OcrDocument, OcrLine, Quad } from '@slipstream/shared';
import type { EngineImage, OcrEngine } from './engine.ts';

/** What stands on every image, as far as this engine is concerned: the smallest receipt whose sum holds. */
const LINES = ['NULL STORE', '2026-01-31', 'Nothing 1.00', 'TOTAL 1.00'];

/** Reads nothing and always finds the same small receipt: measures and tests everything around an engine. */
export class NullEngine implements OcrEngine {
  readonly name: string = 'null';
  readonly version = '1';
  readonly concurrency: number;

  constructor(concurrency = 8) {
    this.concurrency = concurrency;
  }

  async prewarm(): Promise<void> {}

  async recognise(image: EngineImage): Promise<OcrDocument> {
    const { width, height, orientation, sha256 } = image;
    return {
      schema_version: 1,
      image: { width, height, orientation, sha256 },
      engine: { name: this.name, version: this.version, level: 'none', languages: [] },
      lines: LINES.map(line),
      regions: [],
    };
  }

  async close(): Promise<void> {}
}

/** One line in each tenth of the image, its words side by side. */
function line(text: string, index: number): OcrLine {
  const words = text.split(' ');
  const top = 0.1 * (index + 1);
  const quad = (from: number, to: number): Quad => [
    [from, top],
    [to, top],
    [to, top + 0.05],
    [from, top + 0.05],
  ];
  return {
    text,
    confidence: 1,
    quad: quad(0.1, 0.9),
    words: words.map((word, place) => ({
      text: word,
      confidence: 1,
      quad: quad(0.1 + 0.5 * place, 0.4 + 0.5 * place),
    })),
  };
}
