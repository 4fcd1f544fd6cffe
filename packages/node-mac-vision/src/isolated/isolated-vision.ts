import { blankPng } from '../blank-png.ts';
import { checkLevel, checkOptions, checkTimeout } from '../check-options.ts';
import { PREWARM_SIDE_PX } from '../in-process-vision.ts';
import { describeAddon } from '../info.ts';
import { JobQueue } from '../job-queue.ts';
import { requireAddon } from '../load-addon.ts';
import { isRecognizerFailure, MacVisionError } from '../mac-vision-error.ts';
import type { Info, MacVision, MacVisionSettings, Recognition, RecognitionLevel, RecognizeOptions } from '../types.ts';
import type { Reply, Request } from './messages.ts';
import { RecognizerProcess } from './recognizer-process.ts';

/** Loading the models takes 58 s after an update of macOS, and failures after 201 s are reported. */
const FIRST_TIMEOUT_MS = 240_000;
const TIMEOUT_MS = 30_000;
/** How long Vision may take to notice a cancel before its process is ended. */
const CANCEL_GRACE_MS = 5_000;

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;
type Work = WithoutId<Exclude<Request, { kind: 'cancel' }>>;

/**
 * Runs Vision in a child process, which is replaced after it crashed, after it hung, and after the recogniser failed:
 * a recogniser that has failed once was seen to fail every later image of its process.
 */
export class IsolatedVision implements MacVision {
  readonly #queue: JobQueue;
  readonly #firstTimeoutMs: number;
  readonly #timeoutMs: number;
  #process: RecognizerProcess | undefined;
  /** Levels whose models the process has loaded. */
  readonly #warm = new Set<RecognitionLevel>();

  constructor(settings: MacVisionSettings = {}) {
    this.#queue = new JobQueue(settings.concurrency);
    this.#firstTimeoutMs = checkTimeout('firstTimeoutMs', settings.firstTimeoutMs ?? FIRST_TIMEOUT_MS);
    this.#timeoutMs = checkTimeout('timeoutMs', settings.timeoutMs ?? TIMEOUT_MS);
  }

  /** The child's process id, while there is one. */
  get pid(): number | undefined {
    return this.#process?.usable ? this.#process.pid : undefined;
  }

  async recognizeText(image: Uint8Array | string, options?: RecognizeOptions): Promise<Recognition> {
    const { signal, timeoutMs, ...checked } = checkOptions(options);
    const recognize = async (fallbackToFast: boolean): Promise<Recognition> => {
      const work: Work = { kind: 'recognize', image, options: { ...checked, fallbackToFast } };
      const reply = await this.#run(work, signal, timeoutMs);
      if (reply.kind !== 'recognized') throw unexpected(reply);
      return reply.recognition;
    };
    const first = await recognize(checked.fallbackToFast);
    if (!first.fallback) return first;
    try {
      // The process that fell back has been replaced: in a fresh one accurate recognition may work.
      return await recognize(false);
    } catch {
      signal?.throwIfAborted();
      return first;
    }
  }

  async supportedLanguages(level?: RecognitionLevel): Promise<readonly string[]> {
    const reply = await this.#run({ kind: 'languages', level: checkLevel(level) }, undefined, undefined);
    if (reply.kind !== 'languages') throw unexpected(reply);
    return reply.languages;
  }

  async prewarm(level?: RecognitionLevel): Promise<void> {
    await this.recognizeText(blankPng(PREWARM_SIDE_PX), level && { level });
  }

  info(): Info {
    return describeAddon();
  }

  async close(): Promise<void> {
    await this.#queue.close();
    this.#process?.retire();
  }

  async #run(work: Work, signal: AbortSignal | undefined, timeoutMs: number | undefined): Promise<Reply> {
    requireAddon();
    return this.#queue.run((stop) => this.#ask(work, stop), { signal, timeoutMs });
  }

  /** Settles when the child has let go of the image, or has been ended. */
  async #ask(work: Work, stop: AbortSignal): Promise<Reply> {
    const child = this.#use();
    const level = work.kind === 'recognize' ? work.options.level : work.level;
    const limit_ms = this.#warm.has(level) ? this.#timeoutMs : this.#firstTimeoutMs;
    const { id, reply } = child.request((id) => ({ ...work, id }));
    const hung = () => child.kill(new MacVisionError('timeout', `Vision took longer than ${limit_ms} ms`));
    let timer = setTimeout(hung, limit_ms);
    const cancel = () => {
      child.cancel(id);
      clearTimeout(timer);
      timer = setTimeout(hung, CANCEL_GRACE_MS);
    };
    stop.addEventListener('abort', cancel, { once: true });
    if (stop.aborted) cancel();
    try {
      const answer = await reply;
      if (answer.kind === 'recognized') this.#warm.add(answer.recognition.level);
      // Its accurate recogniser has failed, and would fail every later image of the process.
      if (answer.kind === 'recognized' && answer.recognition.fallback) child.retire();
      return answer;
    } catch (error) {
      if (isRecognizerFailure(error)) child.retire();
      throw error;
    } finally {
      clearTimeout(timer);
      stop.removeEventListener('abort', cancel);
    }
  }

  #use(): RecognizerProcess {
    if (this.#process?.usable) return this.#process;
    this.#warm.clear();
    this.#process = new RecognizerProcess();
    return this.#process;
  }
}

function unexpected(reply: Reply): MacVisionError {
  return new MacVisionError('exception', `the process that runs Vision answered with "${reply.kind}"`);
}
