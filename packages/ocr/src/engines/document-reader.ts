import {
  type EngineHealth,
  OCR_CODES_MAX,
  OCR_LINES_MAX,
  type OcrDocument,
  type OcrLine,
  SlipstreamError,
} from '@slipstream/shared';
import type { ReadingPool } from '../children/reading-pool.ts';
import { expectKind } from '../children/tasks.ts';
import { needsOpening } from '../pages/open-file.ts';
import type { PageContent } from '../pages/page-content.ts';
import type { PageView } from '../views/page-views.ts';
import type { EngineImage, OcrEngine } from './engine.ts';

/**
 * An engine that reads whatever paper comes in: PDFs by their own text or page by page, e-invoices without reading, files
 * of several pages as one document. What the engine reads itself goes straight to it.
 */
export class DocumentReader implements OcrEngine {
  readonly name: string;
  readonly version: string;
  readonly concurrency: number;
  readonly #engine: OcrEngine;
  readonly #pool: ReadingPool;

  /** The pool opens files; it is closed with the engine. */
  constructor(engine: OcrEngine, pool: ReadingPool) {
    this.name = engine.name;
    this.version = engine.version;
    this.concurrency = engine.concurrency;
    this.#engine = engine;
    this.#pool = pool;
  }

  get imageMsMax(): number {
    return this.#engine.imageMsMax ?? 0;
  }

  get health(): EngineHealth | undefined {
    return this.#engine.health;
  }

  prewarm(): Promise<void> {
    return this.#engine.prewarm();
  }

  async recover(): Promise<void> {
    await this.#engine.recover?.();
  }

  async recognise(image: EngineImage, signal: AbortSignal): Promise<OcrDocument> {
    if (!needsOpening(image)) return this.#readPicture(image, signal);
    const { pages, invoice } = expectKind(await this.#pool.run({ kind: 'open', image }, signal), 'open');
    const read: OcrDocument[] = [];
    for (const [index, page] of pages.entries()) read.push(await this.#readPage(image, page, index, signal));
    const lines = read.flatMap((document, page): OcrLine[] =>
      page === 0 ? document.lines : document.lines.map((line) => ({ ...line, page })),
    );
    if (lines.length > OCR_LINES_MAX) {
      throw new SlipstreamError(
        'IMAGE_PAGES_EXCEEDED',
        `The file has ${lines.length} lines, at most ${OCR_LINES_MAX} are read.`,
      );
    }
    const [first] = read;
    const sizes = pages.map(({ width, height }) => ({ width, height, orientation: 1 }));
    const [{ width, height } = { width: image.width, height: image.height }] = sizes;
    return {
      schema_version: 1,
      image: { width, height, orientation: 1, sha256: image.sha256 },
      engine: engineOfAll(read) ?? engineOf('none'),
      lines,
      // Regions are of one page; several pages are one receipt until the parser says otherwise.
      regions: read.length === 1 ? (first?.regions ?? []) : [],
      ...(sizes.length > 1 && { pages: sizes }),
      ...(first?.quality !== undefined && { quality: first.quality }),
      ...passesOf(read),
      ...codesOf(read),
      ...(invoice !== null && { invoice }),
    };
  }

  async views(image: EngineImage, signal: AbortSignal): Promise<readonly PageView[]> {
    return expectKind(await this.#pool.run({ kind: 'view', image }, signal), 'view').views;
  }

  async close(): Promise<void> {
    await Promise.all([this.#engine.close(), this.#pool.close()]);
  }

  /**
   * What is wrong with a photograph is measured before it is read, and it is read all the same; a page that was drawn
   * from a PDF is none. Codes are looked for on both.
   */
  async #readPicture(image: EngineImage, signal: AbortSignal, isPhotograph = true): Promise<OcrDocument> {
    if (image.type === 'heic') return this.#engine.recognise(image, signal);
    const measured = await this.#pool.run({ kind: 'measure', image, isPhotograph }, signal);
    const { quality, codes } = expectKind(measured, 'measure');
    const document = await this.#engine.recognise(image, signal);
    return { ...document, ...(quality !== null && { quality }), ...(codes.length > 0 && { codes }) };
  }

  async #readPage(file: EngineImage, page: PageContent, index: number, signal: AbortSignal): Promise<OcrDocument> {
    const { width, height, picture, lines } = page;
    const image = { width, height, orientation: 1, sha256: file.sha256 };
    if (picture === null) {
      return { schema_version: 1, image, engine: engineOf(TEXT_LAYER), lines: lines ?? [], regions: [] };
    }
    const asImage: EngineImage = {
      ...image,
      image_id: `${file.image_id}, page ${index + 1}`,
      bytes: picture,
      type: 'png',
    };
    return this.#readPicture(asImage, signal, file.type !== 'pdf');
  }
}

/** Second looks of every page; engines are those of the first page that has several. */
function passesOf(read: readonly OcrDocument[]): Pick<OcrDocument, 'passes' | 'engines'> {
  const passes = read.flatMap((document, page) => (document.passes ?? []).map((pass) => ({ ...pass, page })));
  const engines = read.find((document) => document.engines !== undefined)?.engines;
  return { ...(passes.length > 0 && { passes }), ...(engines !== undefined && { engines }) };
}

function codesOf(read: readonly OcrDocument[]): Pick<OcrDocument, 'codes'> {
  const codes = read.flatMap((document, page) => (document.codes ?? []).map((code) => ({ ...code, page })));
  return codes.length > 0 ? { codes: codes.slice(0, OCR_CODES_MAX) } : {};
}

/** Of the page that was read worst: one degraded page makes the document one that is read again. */
function engineOfAll(pages: readonly OcrDocument[]): OcrDocument['engine'] | undefined {
  const engines = pages.map(({ engine }) => engine);
  return engines.find(({ degraded }) => degraded) ?? engines.find(({ level }) => level !== TEXT_LAYER) ?? engines[0];
}

/** The text stands in the file: nothing was recognised. */
const TEXT_LAYER = 'text layer';

function engineOf(level: string): OcrDocument['engine'] {
  return { name: 'document', version: '1', level, languages: [] };
}
