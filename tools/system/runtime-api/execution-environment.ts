import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Outcome } from './invocation.ts';
import { RuntimeServer, type Task } from './runtime-server.ts';

export interface EnvironmentOptions {
  readonly function_name: string;
  /** The folder that holds `index.mjs`. */
  readonly bundle_dir: string;
  /** The function's own variables. Nothing of this process's environment is handed on. */
  readonly variables: Readonly<Record<string, string>>;
  readonly memory_mb: number;
  /** Whether the process stands still (SIGSTOP) between invocations, as Lambda's does. */
  readonly is_frozen_when_idle: boolean;
  /** Each line that the function writes. */
  readonly onLog: (line: string) => void;
}

/** Lambda gives a function ten seconds to initialise. */
const INIT_MS_MAX = 10_000;
const BOOTSTRAP = fileURLToPath(new URL('bootstrap.ts', import.meta.url));

/** One process that runs one invocation after the other, and stands still in between. */
export class ExecutionEnvironment {
  readonly #options: EnvironmentOptions;
  readonly #server: RuntimeServer;
  readonly #child: ChildProcess;
  readonly #exited: Promise<string>;
  #isFrozen = false;
  #onReady: () => void = () => {};

  private constructor(options: EnvironmentOptions, child: ChildProcess, server: RuntimeServer) {
    this.#options = options;
    this.#child = child;
    this.#server = server;
    server.onWaiting = () => {
      this.#freeze();
      this.#onReady();
    };
    this.#exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => resolve(signal ? `signal: ${signal}` : `exit status ${code}`));
      child.once('error', (error) => resolve(error.message));
    });
  }

  /** A process that has loaded its bundle and asks for work; or what became of it instead. */
  static async start(options: EnvironmentOptions): Promise<ExecutionEnvironment | Outcome> {
    const server = new RuntimeServer();
    const api = await server.listen();
    const child = spawn(process.execPath, [BOOTSTRAP], {
      cwd: options.bundle_dir,
      env: { ...lambdaVariables(options, api), ...options.variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    forwardLines(child, options.onLog);
    const environment = new ExecutionEnvironment(options, child, server);
    const failure = await environment.#initialised();
    if (failure === null) return environment;
    environment.stop();
    return failure;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Resolves when the process has ended, with how. */
  get exited(): Promise<string> {
    return this.#exited;
  }

  /** Runs one task. The environment can be used again unless it timed out or exited; `ready` says when. */
  async run(task: Task, timeoutMs: number): Promise<Outcome> {
    const outcome = this.#server.run(task);
    this.#thaw();
    void this.#exited.then((how) => this.#server.abandon({ kind: 'exited', how }));
    const timer = setTimeout(() => {
      this.#server.abandon({ kind: 'timed_out', timeout_ms: timeoutMs });
      this.stop();
    }, timeoutMs);
    try {
      return await outcome;
    } finally {
      clearTimeout(timer);
    }
  }

  /** True when the runtime asks for work again, false when its process has ended. */
  async ready(): Promise<boolean> {
    if (this.#server.isWaiting) return true;
    const waiting = new Promise<true>((resolve) => {
      this.#onReady = () => resolve(true);
    });
    return Promise.race([waiting, this.#exited.then(() => false)]);
  }

  /** Most bytes the process ever had in memory; null where the kernel does not tell (only Linux does). */
  peakMemoryBytes(): number | null {
    try {
      const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
      const kilobytes = /VmHWM:\s+(\d+) kB/.exec(status)?.[1];
      return kilobytes ? Number(kilobytes) * 1_024 : null;
    } catch {
      return null; // the process is gone, or this is not Linux
    }
  }

  /** Time that its threads really ran, in milliseconds; null where the kernel does not tell (only Linux does). */
  cpuMs(): number | null {
    try {
      const tasks = readdirSync(`/proc/${this.pid}/task`);
      const nanoseconds = tasks.map((task) =>
        Number(readFileSync(`/proc/${this.pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]),
      );
      return nanoseconds.reduce((sum, value) => sum + value, 0) / 1e6;
    } catch {
      return null; // the process is gone, or this is not Linux
    }
  }

  /** At once, whatever it does: also the way to kill a function in the middle of its work. */
  stop(): void {
    this.#child.kill('SIGKILL'); // reaches a stopped process too
    this.#server.close();
  }

  async #initialised(): Promise<Outcome | null> {
    const failed = new Promise<Outcome>((resolve) => {
      this.#server.onInitError = resolve;
    });
    const limit = AbortSignal.timeout(INIT_MS_MAX);
    const late = new Promise<Outcome>((resolve) => {
      limit.onabort = () => resolve({ kind: 'timed_out', timeout_ms: INIT_MS_MAX });
    });
    const ready = this.ready().then(
      async (isReady): Promise<Outcome | null> => (isReady ? null : { kind: 'exited', how: await this.#exited }),
    );
    // A module that throws posts its error and then exits: the error is what counts.
    const first = await Promise.race([failed, ready, late]);
    limit.onabort = null;
    return first;
  }

  #freeze(): void {
    if (!this.#options.is_frozen_when_idle || this.#isFrozen) return;
    this.#isFrozen = this.#child.kill('SIGSTOP');
  }

  #thaw(): void {
    if (!this.#isFrozen) return;
    this.#isFrozen = false;
    this.#child.kill('SIGCONT');
  }
}

function lambdaVariables(options: EnvironmentOptions, api: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: '/tmp',
    // Of this run, which removes it: on Lambda it is the environment's own.
    TMPDIR: tmpdir(),
    TZ: ':UTC',
    NODE_OPTIONS: `--max-old-space-size=${Math.round(options.memory_mb * 0.9)}`,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_RUNTIME_API: api,
    AWS_LAMBDA_FUNCTION_NAME: options.function_name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(options.memory_mb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    LAMBDA_TASK_ROOT: options.bundle_dir,
    _HANDLER: 'index.handler',
  };
}

function forwardLines(child: ChildProcess, onLog: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLog(line);
    });
    stream?.on('end', () => rest && onLog(rest));
  }
}
