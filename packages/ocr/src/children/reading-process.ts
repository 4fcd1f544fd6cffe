import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { SlipstreamError } from '@slipstream/shared';
import { fromSentError, type Reply, type Request, type Result, type Task } from './tasks.ts';

/** Bundles keep the child beside themselves, the sources keep it in this folder. */
const CHILD = import.meta.url.endsWith('.ts') ? './ocr-child.ts' : './ocr-child.js';
/** JavaScript's own heap; pixels and networks are outside of it. */
const HEAP_MB_MAX = 512;

interface Waiting {
  resolve(result: Result): void;
  reject(error: SlipstreamError): void;
}

/**
 * One child process. It does not keep its parent alive while it is idle.
 *
 *   idle ──task──► busy ──reply──► idle
 *                    │ exit or kill(): what is under way fails with that reason, and the process is not used again
 */
export class ReadingProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #ended: SlipstreamError | null = null;

  constructor(program: URL = new URL(CHILD, import.meta.url)) {
    this.#child = fork(fileURLToPath(program), {
      // Structured cloning: images go over as bytes, not as JSON.
      serialization: 'advanced',
      execArgv: [`--max-old-space-size=${HEAP_MB_MAX}`],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child.on('message', (reply: Reply) => this.#settle(reply));
    this.#child.on('error', (cause) => this.#end(failed('could not be started', cause)));
    this.#child.on('exit', (code, signal) => this.#end(failed(`ended with ${signal ?? `exit code ${code}`}`)));
    this.#keepParentAlive(false);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** False from the moment it ended or was told to. */
  get isUsable(): boolean {
    return this.#ended === null;
  }

  /** Rejects with what the child threw, or with why it ended. */
  run(task: Task): Promise<Result> {
    const id = ++this.#lastId;
    const request: Request = { id, task };
    return new Promise((resolve, reject) => {
      if (this.#ended !== null) return reject(this.#ended);
      this.#waiting.set(id, { resolve, reject });
      this.#keepParentAlive(true);
      this.#child.send(request, (cause) => {
        if (cause) this.kill(failed('cannot be reached', cause));
      });
    });
  }

  /** Ends the process now: nothing less stops a network in the middle of its run. */
  kill(reason: SlipstreamError): void {
    this.#end(reason);
    this.#child.kill('SIGKILL');
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (this.#waiting.size === 0) this.#keepParentAlive(false);
    if ('error' in reply) waiting?.reject(fromSentError(reply.error));
    else waiting?.resolve(reply.result);
  }

  /** The first reason stands: a process that was killed for a time-out also exits. */
  #end(reason: SlipstreamError): void {
    this.#ended ??= reason;
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
    this.#keepParentAlive(false);
  }

  #keepParentAlive(needed: boolean): void {
    if (needed) {
      this.#child.ref();
      this.#child.channel?.ref();
    } else {
      this.#child.unref();
      this.#child.channel?.unref();
    }
  }
}

function failed(what: string, cause?: unknown): SlipstreamError {
  return new SlipstreamError('ENGINE_FAILED', `The process that reads images ${what}.`, { cause });
}
