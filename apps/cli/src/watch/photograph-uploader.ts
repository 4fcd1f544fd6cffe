import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Logger, sha256Hex } from '@slipstream/runtime';
import { type Clock, SlipstreamError } from '@slipstream/shared';
import { readImageFile } from '../home/image-files.ts';
import type { ReceiptsService } from '../service/receipts-service.ts';
import type { UploadLedger } from './upload-ledger.ts';

const PAUSE_MS = { first: 1_000, max: 60_000 };

/**
 * Uploads photographs one after the other, each once. While the network is gone, or nobody is signed in, the line
 * waits at its head and tries again; what is refused for its own sake is said and left behind.
 */
export class PhotographUploader {
  readonly #service: Pick<ReceiptsService, 'submit'>;
  readonly #ledger: UploadLedger;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #waiting = new Set<string>();
  #working: Promise<void> | null = null;

  constructor(service: Pick<ReceiptsService, 'submit'>, ledger: UploadLedger, clock: Clock, logger: Logger) {
    this.#service = service;
    this.#ledger = ledger;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Resolves when nothing waits any more; with the signal aborted, after what is in hand. */
  add(path: string, signal: AbortSignal): Promise<void> {
    this.#waiting.add(path);
    this.#working ??= this.#work(signal).finally(() => {
      this.#working = null;
    });
    return this.#working;
  }

  /** What is in hand ends first. */
  async settled(): Promise<void> {
    await this.#working;
  }

  async #work(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      const [path] = this.#waiting;
      if (path === undefined) return;
      try {
        await this.#upload(path);
        failures = 0;
      } catch (thrown) {
        const error = SlipstreamError.from(thrown);
        if (isPassing(error)) {
          failures += 1;
          const pause_ms = Math.min(PAUSE_MS.max, PAUSE_MS.first * 2 ** Math.min(failures - 1, 10));
          this.#logger.warn({ error, waiting: this.#waiting.size, pause_ms }, 'uploading waits');
          await this.#clock.sleep(pause_ms, signal);
          continue;
        }
        this.#logger.error({ file: basename(path), error }, 'a photograph was refused; save it again to retry');
      }
      this.#waiting.delete(path);
    }
  }

  async #upload(path: string): Promise<void> {
    const { size, mtimeMs } = await stat(path).catch((cause) => {
      throw new SlipstreamError('NOT_FOUND', `${path} is gone.`, { cause });
    });
    const file = { path, size, modified_ms: mtimeMs };
    if (this.#ledger.isUnchanged(file)) return;
    const bytes = await readImageFile(path);
    const sha256 = sha256Hex(bytes);
    if (!this.#ledger.hasBytes(sha256)) {
      const { image_id, created } = await this.#service.submit({ bytes, file_name: basename(path) });
      this.#logger.info({ image_id, created, file: basename(path) }, 'a photograph was uploaded');
    }
    this.#ledger.add({ ...file, sha256 });
  }
}

/** Not the photograph's fault: the way, the store, or that nobody is signed in, which somebody can do meanwhile. */
function isPassing(error: SlipstreamError): boolean {
  return error.code === 'CALLER_UNKNOWN' || (error.retry !== 'never' && error.code !== 'INTERNAL');
}
