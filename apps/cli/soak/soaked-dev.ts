import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../dist/slipstream.js', import.meta.url));
const CLOCK = new URL('./moved-clock.ts', import.meta.url).href;

/** The built `slipstream dev` on one data folder, which is killed and begun again. */
export class SoakedDev {
  readonly dataDir: string;
  readonly watched: string;
  readonly #clockFile: string;
  #child: ChildProcess | null = null;
  #url: string | null = null;
  /** Ends that nobody asked for, with what was said last. */
  readonly ends: string[] = [];

  constructor(root: string, outside: string) {
    this.dataDir = join(root, 'data');
    this.watched = join(outside, 'watched');
    this.#clockFile = join(outside, 'clock');
    mkdirSync(this.watched, { recursive: true });
  }

  /** null while it is not running. */
  get url(): string | null {
    return this.#url;
  }

  moveClock(ms: number): void {
    writeFileSync(this.#clockFile, String(ms));
  }

  /** Resolves when it is up, or has ended: with a full disk it may not begin. */
  async start(): Promise<void> {
    const args = ['--data', this.dataDir, '--port', '0', '--engine', 'null', '--watch', this.watched];
    const child = spawn(
      process.execPath,
      [
        '--import',
        CLOCK,
        PROGRAM,
        'dev',
        '--json',
        '--no-token',
        '--sweep-interval',
        '5',
        '--visibility-timeout',
        '10',
        ...args,
      ],
      {
        env: { ...process.env, MOVED_CLOCK_FILE: this.#clockFile, LOG_LEVEL: process.env.SOAK_LOG_LEVEL ?? 'error' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.#child = child;
    let said = '';
    child.stderr?.on('data', (chunk) => {
      if (process.env.SOAK_LOG_LEVEL) process.stderr.write(chunk);
      said = `${said}${chunk}`.slice(-400);
    });
    const ended = once(child, 'exit').then(() => {
      if (this.#child !== child) return;
      this.#child = null;
      this.#url = null;
      this.ends.push(said.trim());
    });
    const up = new Promise<void>((resolve) => {
      let out = '';
      child.stdout?.on('data', (chunk) => {
        out = `${out}${chunk}`.slice(-4_000);
        const url = /"url": "([^"]+)"/.exec(out)?.[1];
        if (url === undefined || this.#child !== child) return;
        this.#url = url;
        resolve();
      });
    });
    await Promise.race([up, ended]);
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = null;
    this.#url = null;
    if (child === null || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
}
