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

/** Loading the models took 58 s on a Mac after an update of macOS. */
export const FIRST_TIMEOUT_MS = 180_000;
export const TIMEOUT_MS = 30_000;
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
  #warm = false;

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
    const work: Work = { kind: 'recognize', image, options: checked };
    const reply = await this.#run(work, signal, timeoutMs);
    if (reply.kind !== 'recognized') throw unexpected(reply);
    return reply.recognition;
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
    const limit_ms = this.#warm ? this.#timeoutMs : this.#firstTimeoutMs;
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
      if (answer.kind === 'recognized') this.#warm = true;
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
    this.#warm = false;
    this.#process = new RecognizerProcess();
    return this.#process;
  }
}

function unexpected(reply: Reply): MacVisionError {
  return new MacVisionError('exception', `the process that runs Vision answered with "${reply.kind}"`);
}
