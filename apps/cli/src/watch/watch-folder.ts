import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  backoffMs,
  expandTilde,
  FILE_BYTES_MAX,
  fileNameOf,
  type Logger,
  readRegularFile,
  scanFolder,
} from '@slipstream/runtime';
import { type Clock, SlipstreamError } from '@slipstream/shared';
import { SubmissionLedger, type WaitingFile } from './submission-ledger.ts';
import type { SubmissionTarget } from './submission-target.ts';

export interface WatchOptions {
  /** As `watchedFolder` gives it. */
  readonly folder: string;
  readonly ledgerFile: string;
  readonly target: SubmissionTarget;
  readonly stableMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Between two scans: so long that scanning takes a twentieth of the time, within these bounds. */
const SCAN_MS_MIN = 500;
const SCAN_MS_MAX = 5_000;
const SCAN_SHARE = 20;
/** Pauses of what cannot be submitted now. */
const FILE_BACKOFF = { firstMs: 500, lastMs: 60_000, jitter: 'none' } as const;
/** A failure's dead letter comes after it: it is looked for once more after this. */
const LETTER_MS = 10_000;

/** The folder to be watched, absolute. One that is not there is a mistake, and no folder that will come. */
export async function watchedFolder(path: string): Promise<string> {
  const folder = resolve(expandTilde(path));
  const found = await stat(folder).catch(() => null);
  if (found?.isDirectory()) return folder;
  throw new SlipstreamError('NOT_FOUND', `${path} is no folder: name one that is there.`);
}

/** Each folder has a list of its own. */
export function ledgerName(...parts: readonly string[]): string {
  return `watched-${createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32)}.db`;
}

/**
 * Submits each photograph that is in a folder or comes into it, until the signal aborts.
 *
 *   scan ─► settling ──(as it was for a while)──► waiting ──► read, submit ──┬─► done
 *             ▲                                      ▲                       ├─► refused: for its own sake, said once
 *             └────────── has changed ───────────────┴──── later ────────────┘
 *
 * One file is held at a time, and everything else is in the ledger: nothing is forgotten because it could not be taken at
 * some moment, and no folder is too large. The folder is scanned rather than watched by the system: that needs no
 * handles, and works on network drives and sticks.
 */
export async function watchFolder(options: WatchOptions, signal: AbortSignal): Promise<void> {
  const { clock, logger, ledgerFile } = options;
  let failures = 0;
  let watch: FolderWatch | null = null;
  while (!signal.aborted) {
    try {
      // Opening it needs room on the disk, too.
      watch ??= await FolderWatch.begin(options, new SubmissionLedger(ledgerFile));
      const pauseMs = await watch.round(signal);
      if (failures > 0) logger.info({ folder: options.folder }, 'submitting goes on');
      failures = 0;
      await clock.sleep(pauseMs, signal);
    } catch (thrown) {
      failures += 1;
      const pause_ms = backoffMs(failures, { ...FILE_BACKOFF, lastMs: options.target.pause_ms_max });
      const waiting = watch?.waiting ?? null;
      if (failures === 1) logger.warn({ error: thrown, folder: options.folder, waiting }, 'submitting waits');
      await clock.sleep(pause_ms, signal);
    }
  }
  watch?.close();
}

class FolderWatch {
  readonly #options: WatchOptions;
  readonly #ledger: SubmissionLedger;
  /** Folders that cannot be read are said once. */
  readonly #unreadable = new Set<string>();
  /** When an image's failure was dropped last. */
  readonly #droppedAt = new Map<string, number>();

  private constructor(options: WatchOptions, ledger: SubmissionLedger) {
    this.#options = options;
    this.#ledger = ledger;
  }

  static async begin(options: WatchOptions, ledger: SubmissionLedger): Promise<FolderWatch> {
    const watch = new FolderWatch(options, ledger);
    await watch.#findLost();
    return watch;
  }

  /** null while the ledger itself cannot be read. */
  get waiting(): number | null {
    try {
      return this.#ledger.waiting;
    } catch {
      return null;
    }
  }

  close(): void {
    this.#ledger.close();
  }

  /** Scans, submits what is due, and says how long nothing need be done. Rejects where nothing at all can be submitted now. */
  async round(signal: AbortSignal): Promise<number> {
    const { clock, target } = this.#options;
    const startedAt = clock.monotonic();
    await this.#scan(signal);
    const tookMs = clock.monotonic() - startedAt;
    for (;;) {
      const file = signal.aborted ? null : this.#ledger.nextWaiting(clock.now());
      if (file === null) break;
      await this.#submit(file);
    }
    if (target.dropFailure !== null && !signal.aborted) await this.#dropFailures(target.dropFailure);
    return Math.min(SCAN_MS_MAX, Math.max(SCAN_MS_MIN, tookMs * SCAN_SHARE));
  }

  async #scan(signal: AbortSignal): Promise<void> {
    const { folder, clock, stableMs, logger } = this.#options;
    const onUnreadable = (path: string, error: unknown) => {
      if (this.#unreadable.size < UNREADABLE_NAMED_MAX && !this.#unreadable.has(path)) {
        this.#unreadable.add(path);
        logger.warn({ folder: path, error }, 'a part of the watched folder cannot be read');
      }
    };
    for await (const file of scanFolder(folder, onUnreadable)) {
      if (signal.aborted) return;
      const sighting = this.#ledger.see(file, clock.now(), stableMs);
      if (sighting === 'refused') {
        logger.warn({ file: fileNameOf(file.path) }, 'a link, pipe or device in the watched folder is not read');
      }
    }
    this.#ledger.tidy(clock.now());
  }

  async #submit(file: WaitingFile): Promise<void> {
    const { target, clock, logger } = this.#options;
    const name = fileNameOf(file.path);
    try {
      const { bytes, size, modified_ms } = await readRegularFile(file.path, FILE_BYTES_MAX);
      if (size !== file.size || modified_ms !== file.modified_ms) {
        this.#ledger.resettle(file.path);
        return;
      }
      const { image_id, created } = await target.submit({ bytes, file_name: name });
      this.#ledger.done(file, image_id, clock.now());
      logger.info({ image_id, created, file: name }, 'a photograph was submitted');
    } catch (thrown) {
      const error = SlipstreamError.from(thrown);
      switch (verdictOf(error)) {
        case 'gone':
          this.#ledger.forget(file.path);
          return;
        case 'refused':
          this.#ledger.refuse(file.path);
          logger.error({ file: name, error }, 'a photograph was refused; save it again to retry');
          return;
        case 'later': {
          const pause_ms = backoffMs(file.attempts + 1, FILE_BACKOFF);
          this.#ledger.postpone(file.path, clock.now() + pause_ms);
          if (file.attempts === 0) logger.warn({ file: name, error }, 'a photograph cannot be submitted now');
          return;
        }
        case 'outage':
          throw error;
      }
    }
  }

  /** What was submitted and is not there any more (an older copy of the data folder was put back) is submitted again. */
  async #findLost(): Promise<void> {
    const { isStored } = this.#options.target;
    if (isStored === null) return;
    let page = this.#ledger.submitted('');
    while (page.length > 0) {
      for (const { path, image_id } of page) if (!(await isStored(image_id))) this.#ledger.resettle(path);
      page = this.#ledger.submitted(page.at(-1)?.path ?? '');
    }
  }

  async #dropFailures(dropFailure: (imageId: string) => Promise<boolean>): Promise<void> {
    const { clock, target } = this.#options;
    for (const { image_id, since_ms } of this.#ledger.superseded()) {
      const askedAt = this.#droppedAt.get(image_id) ?? Number.NEGATIVE_INFINITY;
      if (clock.monotonic() - askedAt < target.drop_every_ms) continue;
      this.#droppedAt.set(image_id, clock.monotonic());
      const hasEnded = await dropFailure(image_id);
      const isOld = Math.abs(clock.now() - since_ms) > LETTER_MS;
      if (!hasEnded || !isOld) continue;
      this.#ledger.forgetSuperseded(image_id);
      this.#droppedAt.delete(image_id);
    }
  }
}

const UNREADABLE_NAMED_MAX = 100;

type Verdict = 'gone' | 'refused' | 'later' | 'outage';

/** Whose failure it is: the file's, for good or for now, or the place's where it should go. */
function verdictOf(error: SlipstreamError): Verdict {
  const { code, retry, details } = error;
  if (code === 'NOT_FOUND' && typeof details.error_code === 'string') {
    return retry === 'never' ? 'gone' : 'later';
  }
  // That somebody has to sign in is nothing that is wrong with the photograph.
  if (code === 'CALLER_UNKNOWN') return 'outage';
  if (retry === 'never') return 'refused';
  return code === 'INTERNAL' ? 'later' : 'outage';
}
