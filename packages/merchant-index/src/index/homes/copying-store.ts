import { join } from 'node:path';
import type { Logger } from '@slipstream/runtime';
import { withinTime } from '@slipstream/runtime';
import { openLanceStore } from '../lance/lance-store.ts';
import type { EmbeddingIdentity, IndexReader, IndexWriter, VectorStore } from '../vector-index.ts';
import { type CopyPlan, LocalCopy } from './local-copy.ts';
import { SwitchingReader } from './switching-reader.ts';
import type { TableFiles } from './table-files.ts';

/** What a look-up waits for: half a second at 90 MB/s. A bigger copy is made behind the look-ups, which read the home meanwhile. */
const COPY_FIRST_BYTES = 48 * 1024 * 1024;
/** How long a folder may take to answer before the home is read instead. */
export const COPY_ANSWERS_WITHIN_MS = 1_000;
/** A version that was replaced is kept this long for whoever still searches it. */
const UNUSED_FILES_MS = 600_000;

export interface CopyingStoreOptions {
  readonly home: VectorStore;
  readonly filesOf: (collection: string) => TableFiles;
  /** Where copies are kept: this machine's disk, or a mount that several functions share. */
  readonly folder: string;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  /** Opens the copies; by default as LanceDB tables in `folder`. */
  readonly copies?: VectorStore;
  readonly copy_first_bytes?: number;
  readonly answer_within_ms?: number;
}

/**
 * Readers search a copy of the published version, and the home while there is none. Writers know the home only.
 * A copy decides nothing: it is whole and of the version that was asked for, or the home is read.
 */
export class CopyingStore implements VectorStore {
  readonly #options: CopyingStoreOptions;
  readonly #copies: VectorStore;
  readonly #plans = new Map<string, readonly CopyPlan[]>();

  constructor(options: CopyingStoreOptions) {
    this.#options = options;
    this.#copies = options.copies ?? openLanceStore({ uri: options.folder });
  }

  uri(collection: string): string {
    return this.#options.home.uri(collection);
  }

  create(collection: string, identity: EmbeddingIdentity): Promise<{ version: number; created: boolean }> {
    return this.#options.home.create(collection, identity);
  }

  openWriter(collection: string, identity: EmbeddingIdentity): Promise<IndexWriter> {
    return this.#options.home.openWriter(collection, identity);
  }

  drop(collection: string): Promise<void> {
    return this.#options.home.drop(collection);
  }

  async openReader(collection: string, identity: EmbeddingIdentity, version: number): Promise<IndexReader> {
    const { logger, answer_within_ms = COPY_ANSWERS_WITHIN_MS } = this.#options;
    const openHome = () => this.#options.home.openReader(collection, identity, version);
    const openCopy = () => this.#copies.openReader(collection, identity, version);
    const copy = this.#copyOf(collection);
    if (await this.#attempt(collection, () => copy.has(version))) {
      const reader = await this.#attempt(collection, openCopy);
      if (reader !== null) return new SwitchingReader(reader, { openHome, answer_within_ms, logger });
    }
    // A first copy may turn out to be too big to wait for: then the home is needed, and opening it takes as long again.
    const early = (await this.#attempt(collection, () => copy.isEmpty())) ? openHome() : null;
    early?.catch(() => undefined);
    const plan = await this.#attempt(collection, () => copy.plan(version));
    if (plan === null) return early ?? openHome();
    if (plan.missing_bytes > (this.#options.copy_first_bytes ?? COPY_FIRST_BYTES)) {
      const better = async () => ((await this.#complete(collection, copy, plan, false)) ? openCopy() : null);
      return new SwitchingReader(await (early ?? openHome()), { openHome, answer_within_ms, logger, better });
    }
    const fetched = this.#complete(collection, copy, plan, true).then((isThere) => (isThere ? openCopy() : null));
    const reader = await this.#attempt(collection, () => fetched, 4 * answer_within_ms);
    if (reader === null) return early ?? openHome();
    early?.then(
      (unused) => unused.close(),
      () => undefined,
    );
    return new SwitchingReader(reader, { openHome, answer_within_ms, logger });
  }

  #copyOf(collection: string): LocalCopy {
    const folder = join(this.#options.folder, 'index', `${collection}.lance`);
    return new LocalCopy(this.#options.filesOf(collection), folder);
  }

  async #complete(collection: string, copy: LocalCopy, plan: CopyPlan, isWaitedFor: boolean): Promise<boolean> {
    if (!(await copy.complete(plan, { isWaitedFor }))) return false;
    const { folder, logger } = this.#options;
    logger.info({ collection, folder, version: plan.version, bytes: plan.missing_bytes }, 'the index was copied');
    const before = (this.#plans.get(collection) ?? []).filter(({ version }) => version !== plan.version);
    const recent = [...before, plan].slice(-2);
    this.#plans.set(collection, recent);
    await copy.keepOnly(recent, Date.now() - UNUSED_FILES_MS);
    return true;
  }

  /** Null when the copy cannot be used now, for whatever reason: the home can. */
  async #attempt<T>(
    collection: string,
    work: () => Promise<T>,
    limit_ms = this.#options.answer_within_ms ?? COPY_ANSWERS_WITHIN_MS,
  ): Promise<T | null> {
    try {
      return await withinTime(work(), limit_ms);
    } catch (error) {
      const { folder, logger } = this.#options;
      logger.warn({ collection, folder, error }, 'the copy of the index cannot be used; its home is read');
      return null;
    }
  }

  async close(): Promise<void> {
    await this.#copies.close();
    await this.#options.home.close();
  }
}
