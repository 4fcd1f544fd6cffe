import { randomUUID } from 'node:crypto';

interface BenchMessage {
  readonly body: string;
  receives: number;
}

export interface BenchReceipt extends BenchMessage {
  readonly handle: string;
}

interface InFlight {
  readonly message: BenchMessage;
  timer: NodeJS.Timeout;
}

/** A queue in memory that is equally quick whatever its length: visibility timeouts, long polls, deletes. */
export class BenchQueue {
  #ready: BenchMessage[] = [];
  /** Of `#ready`: what stands before it has been taken. */
  #next = 0;
  readonly #inFlight = new Map<string, InFlight>();
  readonly #polls = new Set<() => void>();

  send(body: string): void {
    this.#add({ body, receives: 0 });
  }

  async receive(request: {
    readonly MaxNumberOfMessages: number;
    readonly WaitTimeSeconds: number;
    readonly VisibilityTimeout: number;
  }): Promise<readonly BenchReceipt[]> {
    if (this.#left === 0 && request.WaitTimeSeconds > 0) await this.#wait(request.WaitTimeSeconds * 1_000);
    const count = Math.min(request.MaxNumberOfMessages, this.#left);
    return Array.from({ length: count }, () => this.#take(request.VisibilityTimeout)).filter((one) => one !== null);
  }

  delete(handle: string): void {
    clearTimeout(this.#inFlight.get(handle)?.timer);
    this.#inFlight.delete(handle);
  }

  changeVisibility(handle: string, seconds: number): void {
    const held = this.#inFlight.get(handle);
    if (held === undefined) return;
    clearTimeout(held.timer);
    held.timer = this.#return(handle, seconds);
  }

  get #left(): number {
    return this.#ready.length - this.#next;
  }

  #add(message: BenchMessage): void {
    this.#ready.push(message);
    const [poll] = this.#polls;
    poll?.();
  }

  #take(visibility_s: number): BenchReceipt | null {
    const message = this.#ready[this.#next];
    if (message === undefined) return null;
    this.#next += 1;
    if (this.#next > 1_000) {
      this.#ready = this.#ready.slice(this.#next);
      this.#next = 0;
    }
    message.receives += 1;
    const handle = randomUUID();
    this.#inFlight.set(handle, { message, timer: this.#return(handle, visibility_s) });
    return { ...message, handle };
  }

  #return(handle: string, seconds: number): NodeJS.Timeout {
    return setTimeout(() => {
      const held = this.#inFlight.get(handle);
      this.#inFlight.delete(handle);
      if (held) this.#add(held.message);
    }, seconds * 1_000);
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#polls.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.#polls.add(wake);
    });
  }
}
