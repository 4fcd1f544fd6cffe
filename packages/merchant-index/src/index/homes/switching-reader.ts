import type { Logger } from '@slipstream/runtime';
import { withinTime } from '@slipstream/runtime';
import type { IndexRow } from '../index-row.ts';
import type { IndexReader, SearchHit } from '../vector-index.ts';

interface SwitchingReaderOptions {
  readonly openHome: () => Promise<IndexReader>;
  /** Makes a copy of the same version, once the first search has been answered; null when there is no room for it. */
  readonly better?: () => Promise<IndexReader | null>;
  /** How long a copy may take: copies are near, and a mount that hangs is not waited for. */
  readonly answer_within_ms: number;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
}

/**
 * One version, read where it is nearest: from its home until a copy is made, and from its home again when the copy
 * fails or hangs. Both are the same version, so that nobody notices but by the time it takes.
 */
export class SwitchingReader implements IndexReader {
  readonly version: number;
  readonly #options: SwitchingReaderOptions;
  #current: IndexReader;
  #isCopy: boolean;
  readonly #opened: IndexReader[];
  #isClosed = false;
  #isImproving = false;

  constructor(first: IndexReader, options: SwitchingReaderOptions) {
    this.version = first.version;
    this.#options = options;
    this.#current = first;
    this.#isCopy = options.better === undefined;
    this.#opened = [first];
  }

  async search(
    vectors: readonly Float32Array[],
    options: { readonly limit: number; readonly signal?: AbortSignal },
  ): Promise<readonly (readonly SearchHit[])[]> {
    const hits = await this.#read((reader) => reader.search(vectors, options), options.signal);
    this.#improve();
    return hits;
  }

  /** Not before somebody has their answer: the copy would take the line from them. */
  #improve(): void {
    const { better, logger } = this.#options;
    if (better === undefined || this.#isImproving) return;
    this.#isImproving = true;
    better().then(
      (reader) => this.#takeOver(reader),
      (error: unknown) => logger.warn({ error }, 'the index could not be copied; its home is read'),
    );
  }

  count(): Promise<number> {
    return this.#read((reader) => reader.count());
  }

  /** All rows are read from the home: who reads them compares the index with something. */
  async *rows(): AsyncGenerator<IndexRow> {
    const home = await this.#options.openHome();
    try {
      yield* home.rows();
    } finally {
      await home.close();
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const reader of this.#opened.splice(0)) await reader.close();
  }

  async #read<T>(read: (reader: IndexReader) => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (!this.#isCopy) return read(this.#current);
    try {
      return await withinTime(read(this.#current), this.#options.answer_within_ms);
    } catch (error) {
      signal?.throwIfAborted();
      this.#options.logger.warn({ error }, 'the copy of the index failed; its home is read');
      const home = await this.#options.openHome();
      this.#opened.push(home);
      this.#current = home;
      this.#isCopy = false;
      return read(home);
    }
  }

  async #takeOver(better: IndexReader | null): Promise<void> {
    if (better === null) return;
    if (this.#isClosed) return better.close();
    this.#opened.push(better);
    this.#current = better;
    this.#isCopy = true;
  }
}
