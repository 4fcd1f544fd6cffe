import type { ChildProcess } from 'node:child_process';
import { builtins } from '../builtins.ts';
import { MacVisionError } from '../mac-vision-error.ts';
import { fromSentError, type Reply, type Request } from './messages.ts';

/** The bundle keeps the child beside itself, the sources keep it in this folder. */
const CHILD = import.meta.url.endsWith('.ts') ? './child.ts' : './isolated-child.js';

interface Waiting {
  resolve(reply: Reply): void;
  reject(error: MacVisionError): void;
}

/**
 * One child process. It starts with its first request and does not keep its parent alive while it is idle.
 *
 *   idle ──request──► busy ──reply──► idle
 *                      │ exit: every request under way fails with `crashed`, or with the reason given to kill()
 */
export class RecognizerProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #retired = false;
  #ended: MacVisionError | undefined;

  constructor() {
    const path = builtins.url().fileURLToPath(new URL(CHILD, import.meta.url));
    this.#child = builtins.childProcess().fork(path, {
      // Structured cloning: images go over as bytes, not as JSON.
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child.on('message', (reply: Reply) => this.#settle(reply));
    this.#child.on('error', (cause) => this.#end(new MacVisionError('crashed', 'Vision has no process', { cause })));
    this.#child.on('exit', (code, signal) => {
      this.#end(
        new MacVisionError('crashed', `the process that ran Vision ended with ${signal ?? `exit code ${code}`}`),
      );
    });
    this.#keepParentAlive(false);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** True until the process has ended or is about to. */
  get usable(): boolean {
    return !this.#ended && !this.#retired;
  }

  /** Sends a request; `id` can be used to cancel it. Rejects when the process ends before its reply. */
  request(make: (id: number) => Request): { id: number; reply: Promise<Reply> } {
    const id = ++this.#lastId;
    const reply = new Promise<Reply>((resolve, reject) => {
      if (this.#ended) {
        reject(this.#ended);
        return;
      }
      this.#waiting.set(id, { resolve, reject });
      this.#keepParentAlive(true);
      this.#send(make(id));
    });
    return { id, reply };
  }

  cancel(id: number): void {
    if (this.#waiting.has(id)) this.#send({ kind: 'cancel', id });
  }

  /** Lets the requests under way finish, then ends the process. */
  retire(): void {
    this.#retired = true;
    if (this.#waiting.size === 0) this.#child.kill('SIGKILL');
  }

  /** Ends the process now; what is under way fails for this reason. Nothing less stops a hung Vision. */
  kill(reason: MacVisionError): void {
    this.#end(reason);
    this.#child.kill('SIGKILL');
  }

  #send(request: Request): void {
    this.#child.send(request, (error) => {
      if (error) this.kill(new MacVisionError('crashed', 'the process that runs Vision is gone', { cause: error }));
    });
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (this.#waiting.size === 0) {
      this.#keepParentAlive(false);
      if (this.#retired) this.#child.kill('SIGKILL');
    }
    if (reply.kind === 'failed') waiting?.reject(fromSentError(reply.error));
    else waiting?.resolve(reply);
  }

  /** The first reason stands: a process that was killed for a time-out also exits. */
  #end(reason: MacVisionError): void {
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
