import { randomUUID } from 'node:crypto';
import { ExecutionEnvironment } from './execution-environment.ts';
import type { Invocation, Outcome } from './invocation.ts';

export interface LocalFunctionOptions {
  readonly name: string;
  /** The folder of the bundle: `dist/<function>`. */
  readonly bundle_dir: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly timeout_ms?: number;
  readonly memory_mb?: number;
  /** Processes at the same time; more invocations wait. */
  readonly concurrency_max?: number;
  readonly is_frozen_when_idle?: boolean;
  readonly onLog?: (line: string) => void;
}

const DEFAULTS = { timeout_ms: 30_000, memory_mb: 512, concurrency_max: 2, is_frozen_when_idle: true };

/** What anything that calls a function has to know of it. */
export type CallableFunction = Pick<LocalFunction, 'name' | 'invoke'>;

/** A bundle as a function: its processes are started when they are needed and used again. */
export class LocalFunction {
  readonly name: string;
  readonly #options: Required<LocalFunctionOptions>;
  readonly #idle: ExecutionEnvironment[] = [];
  readonly #all = new Set<ExecutionEnvironment>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(options: LocalFunctionOptions) {
    this.name = options.name;
    this.#options = { ...DEFAULTS, onLog: () => {}, ...options };
  }

  /** What became of it, never a rejection. */
  async invoke(event: unknown): Promise<Invocation> {
    const startedAt = performance.now();
    const request_id = randomUUID();
    await this.#enter();
    const warm = this.#idle.pop();
    try {
      const outcome = await this.#invoke(warm, request_id, JSON.stringify(event));
      return { request_id, outcome, duration_ms: performance.now() - startedAt, is_cold: warm === undefined };
    } finally {
      this.#leave();
    }
  }

  /** Kills every process of it, in the middle of whatever they do. */
  kill(): void {
    for (const environment of this.#all) environment.stop();
    this.#all.clear();
    this.#idle.length = 0;
  }

  /** Processes that are there now. */
  get processes(): number {
    return this.#all.size;
  }

  /** Most bytes that any of its living processes ever held; null where that cannot be told. */
  peakMemoryBytes(): number | null {
    const peaks = [...this.#all].map((environment) => environment.peakMemoryBytes());
    return peaks.length === 0 || peaks.includes(null) ? null : Math.max(...peaks.map(Number));
  }

  /** Time that its living processes really ran, in milliseconds; null where that cannot be told. */
  cpuMs(): number | null {
    const times = [...this.#all].map((environment) => environment.cpuMs());
    return times.includes(null) ? null : times.reduce<number>((sum, value) => sum + Number(value), 0);
  }

  close(): void {
    this.kill();
  }

  async #invoke(warm: ExecutionEnvironment | undefined, request_id: string, event: string): Promise<Outcome> {
    const started = warm ?? (await this.#start());
    if (!(started instanceof ExecutionEnvironment)) return started;
    const { timeout_ms, name } = this.#options;
    const outcome = await started.run(
      {
        request_id,
        event,
        deadline: Date.now() + timeout_ms,
        function_arn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
      },
      timeout_ms,
    );
    if (await started.ready()) this.#keep(started);
    else this.#all.delete(started);
    return outcome;
  }

  async #start(): Promise<ExecutionEnvironment | Outcome> {
    const { name, bundle_dir, variables, memory_mb, is_frozen_when_idle, onLog } = this.#options;
    const started = await ExecutionEnvironment.start({
      function_name: name,
      bundle_dir,
      variables,
      memory_mb,
      is_frozen_when_idle,
      onLog,
    });
    if (!(started instanceof ExecutionEnvironment)) return started;
    this.#all.add(started);
    void started.exited.then(() => this.#forget(started));
    return started;
  }

  #keep(environment: ExecutionEnvironment): void {
    if (this.#all.has(environment)) this.#idle.push(environment);
  }

  #forget(environment: ExecutionEnvironment): void {
    this.#all.delete(environment);
    const index = this.#idle.indexOf(environment);
    if (index !== -1) this.#idle.splice(index, 1);
  }

  async #enter(): Promise<void> {
    while (this.#running >= this.#options.concurrency_max) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#running += 1;
  }

  #leave(): void {
    this.#running -= 1;
    this.#waiting.shift()?.();
  }
}
