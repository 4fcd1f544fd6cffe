import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { isRunning } from '@slipstream/runtime';

/** One claim's owner as the job's record names it, from the claim to its end. */
export interface Claimant {
  readonly owner: string;
  readonly end: () => void;
}

/**
 * Names the owners of claims, `host/pid/random/n`, and knows which of them cannot be working any more: those of this
 * process that have ended, and those of processes of this host that are gone. So the jobs of a killed agent do not wait
 * for their claims to expire. A wrong guess (a process id that was used again) only makes somebody wait.
 */
export class Claimants {
  readonly #process: string;
  readonly #host: string;
  readonly #isRunning: (pid: number) => boolean;
  readonly #active = new Set<string>();
  #count = 0;

  constructor(self: ClaimantProcess = thisProcess()) {
    this.#host = self.host;
    this.#process = `${self.host}/${self.pid}/${self.nonce}`;
    this.#isRunning = self.isRunning;
  }

  next(): Claimant {
    this.#count += 1;
    const owner = `${this.#process}/${this.#count}`;
    this.#active.add(owner);
    return { owner, end: () => this.#active.delete(owner) };
  }

  isGone(owner: string): boolean {
    if (owner.startsWith(`${this.#process}/`)) return !this.#active.has(owner);
    const [host, pid] = owner.split('/');
    return host === this.#host && pid !== undefined && /^\d+$/.test(pid) && !this.#isRunning(Number(pid));
  }
}

export interface ClaimantProcess {
  /** Without a slash. */
  readonly host: string;
  readonly pid: number;
  readonly nonce: string;
  readonly isRunning: (pid: number) => boolean;
}

function thisProcess(): ClaimantProcess {
  return {
    host: hostname().replaceAll('/', '-').slice(0, 100) || 'unnamed',
    pid: process.pid,
    nonce: randomBytes(4).toString('hex'),
    isRunning,
  };
}
