import { Worker } from 'node:worker_threads';
import { SlipstreamError } from '@slipstream/shared';
import type { Notice } from '../sqlite-core.ts';
import { type AsyncCore, type Call, CORE_METHODS, type CoreMethod, fromSentError, type Reply } from './calls.ts';

/** Beside this file as sources; a bundle has it under this name beside itself. */
const PROGRAM = import.meta.url.endsWith('.ts') ? './catalogue-thread.ts' : './catalogue-thread.js';

interface Waiting {
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** A core in a thread of its own, which is started by the first call and again after it crashed. */
export function coreInThread(folder: string, notice: Notice): AsyncCore {
  const thread = new CoreThread(folder, notice);
  const methods = CORE_METHODS.map((method) => [method, (...args: readonly unknown[]) => thread.call(method, args)]);
  // The table of methods relates each to what it takes and gives.
  return Object.fromEntries(methods) as AsyncCore;
}

class CoreThread {
  readonly #folder: string;
  readonly #notice: Notice;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #calls = 0;

  constructor(folder: string, notice: Notice) {
    this.#folder = folder;
    this.#notice = notice;
  }

  async call(method: CoreMethod, args: readonly unknown[]): Promise<unknown> {
    if (method === 'close' && this.#worker === null) return undefined;
    const worker = this.#worker ?? this.#start();
    this.#calls += 1;
    const call: Call = { id: this.#calls, method, args };
    const answered = new Promise<unknown>((resolve, reject) => this.#waiting.set(call.id, { resolve, reject }));
    // Only a call keeps the program alive.
    worker.ref();
    worker.postMessage(call);
    try {
      return await answered;
    } finally {
      if (this.#waiting.size === 0) worker.unref();
      if (method === 'close') await this.#end(worker);
    }
  }

  #start(): Worker {
    const worker = new Worker(new URL(PROGRAM, import.meta.url), { workerData: this.#folder, name: 'catalogue' });
    worker.on('message', (reply: Reply) => this.#take(reply));
    worker.on('error', (cause) => this.#fail(worker, cause));
    worker.on('exit', () => this.#fail(worker, null));
    this.#worker = worker;
    return worker;
  }

  #take(reply: Reply): void {
    if ('notice' in reply) {
      this.#notice(reply.notice);
      return;
    }
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ('error' in reply) waiting?.reject(fromSentError(reply.error));
    else waiting?.resolve(reply.result);
  }

  #fail(worker: Worker, cause: unknown): void {
    if (this.#worker === worker) this.#worker = null;
    const error = new SlipstreamError('CATALOGUE_UNAVAILABLE', "The catalogue's thread has ended; try it again.", {
      ...(cause === null ? {} : { cause }),
    });
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  async #end(worker: Worker): Promise<void> {
    if (this.#worker === worker) this.#worker = null;
    await worker.terminate();
  }
}
