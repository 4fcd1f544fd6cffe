import { spawnSync } from 'node:child_process';

export interface Ran {
  status: number | null;
  signal: NodeJS.Signals | null;
  /** Standard output and standard error, in that order. */
  output: string;
}

export interface RunSettings {
  cwd?: string;
  env?: Record<string, string>;
  timeout_ms?: number;
}

const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;
const TIMEOUT_MS = 300_000;

/** Runs a program to its end; never throws on a failing exit. */
export function run(program: string, args: readonly string[], settings: RunSettings = {}): Ran {
  const ran = spawnSync(program, args, {
    cwd: settings.cwd,
    env: { ...process.env, ...settings.env },
    encoding: 'utf8',
    maxBuffer: OUTPUT_BYTES_MAX,
    timeout: settings.timeout_ms ?? TIMEOUT_MS,
  });
  const failure = ran.error ? `\n${ran.error.message}` : '';
  return { status: ran.status, signal: ran.signal, output: `${ran.stdout}${ran.stderr}${failure}` };
}

export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** Runs a program that has to succeed. */
export function mustRun(program: string, args: readonly string[], settings: RunSettings = {}): string {
  const { status, signal, output } = run(program, args, settings);
  if (status === 0) return output;
  throw new CommandError(`${program} ${args.join(' ')}\nended with ${signal ?? status}:\n${output}`);
}
