import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { SlipstreamError } from '@slipstream/shared';
import type { LanguageData } from './language-data.ts';
import { type ReadPage, readPageSchema, type WorkerAction, workerReplySchema } from './worker-protocol.ts';

const require = createRequire(import.meta.url);
const WORKER_SCRIPT = 'tesseract.js/src/worker-script/node/index.js';
/** OEM_LSTM_ONLY: the data hold no other engine. */
const ENGINE_MODE = 1;
/**
 * PSM_SINGLE_BLOCK, since a receipt is one column of lines: measured on receipts, 77 % of the words exactly right, against
 * 75 % with page layout analysis, which takes descriptions and prices for two columns. And PSM_SINGLE_LINE.
 */
export const PAGE_SEGMENTATION = { block: '6', line: '7' } as const;
export type PageSegmentation = (typeof PAGE_SEGMENTATION)[keyof typeof PAGE_SEGMENTATION];
/** JavaScript heap of a worker; the recogniser's own memory is outside of it. */
const HEAP_MB_MAX = 512;

interface Pending {
  readonly resolve: (data: unknown) => void;
  readonly reject: (error: SlipstreamError) => void;
}

/** A thread with Tesseract in it. It reads one page at a time, and after an error it is not used again. */
export class TesseractWorker {
  readonly #thread: Worker;
  readonly #pending = new Map<string, Pending>();
  #failure: SlipstreamError | null = null;
  #sent = 0;

  private constructor() {
    // Its streams are drained here: Leptonica writes a line for every odd blob.
    this.#thread = new Worker(require.resolve(WORKER_SCRIPT), {
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB_MAX },
    });
    this.#thread.stdout.resume();
    this.#thread.stderr.resume();
    this.#thread.on('message', (message: unknown) => this.#settle(message));
    this.#thread.on('error', (cause) => this.#fail('Tesseract crashed', cause));
    this.#thread.on('exit', () => this.#fail('Tesseract ended'));
  }

  /** Loads the recogniser and the languages, about 0.3 s. ENGINE_FAILED where that does not succeed. */
  static async start(languages: readonly LanguageData[]): Promise<TesseractWorker> {
    const worker = new TesseractWorker();
    try {
      const langs = languages.map(({ code }) => code).join('+');
      await worker.#ask('load', { options: { lstmOnly: true, logging: false } });
      await worker.#ask('loadLanguage', { langs: languages, options: { cacheMethod: 'none', lstmOnly: true } });
      await worker.#ask('initialize', { langs, oem: ENGINE_MODE, config: { debug_file: '/dev/null' } });
      return worker;
    } catch (thrown) {
      await worker.close();
      throw thrown;
    }
  }

  get isUsable(): boolean {
    return this.#failure === null;
  }

  /** `page` is an image file that Leptonica reads; its memory is handed over. ENGINE_FAILED where it cannot be read. */
  async read(page: Uint8Array<ArrayBuffer>, segmentation: PageSegmentation): Promise<ReadPage> {
    const options = { tessedit_pageseg_mode: segmentation };
    const output = { blocks: true, text: false };
    const data = await this.#ask('recognize', { image: page, options, output }, [page.buffer]);
    return readPageSchema.parse(data);
  }

  /** Ends the thread at once, also in the middle of a page; whoever waits for it gets ABORTED. */
  async close(): Promise<void> {
    this.#fail('Tesseract was stopped', undefined, 'ABORTED');
    await this.#thread.terminate();
  }

  #ask(action: WorkerAction, payload: object, transfer: ArrayBuffer[] = []): Promise<unknown> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    this.#sent += 1;
    const jobId = String(this.#sent);
    return new Promise((resolve, reject) => {
      this.#pending.set(jobId, { resolve, reject });
      this.#thread.postMessage({ workerId: 'tesseract', jobId, action, payload }, transfer);
    });
  }

  #settle(message: unknown): void {
    const reply = workerReplySchema.safeParse(message);
    if (!reply.success) {
      this.#fail('Tesseract answered something unknown', reply.error);
    } else if (reply.data.status === 'reject') {
      this.#fail(`Tesseract failed: ${String(reply.data.data)}`);
    } else if (reply.data.status === 'resolve') {
      this.#pending.get(reply.data.jobId)?.resolve(reply.data.data);
      this.#pending.delete(reply.data.jobId);
    }
  }

  /** The first failure is the reason for all that follow. */
  #fail(message: string, cause?: unknown, code: 'ENGINE_FAILED' | 'ABORTED' = 'ENGINE_FAILED'): void {
    this.#failure ??= new SlipstreamError(code, message, { cause });
    for (const { reject } of this.#pending.values()) reject(this.#failure);
    this.#pending.clear();
  }
}
