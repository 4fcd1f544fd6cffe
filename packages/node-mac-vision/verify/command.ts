import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Ran {
  status: number | null;
  signal: NodeJS.Signals | null;
  /** Standard output and standard error as they came. */
  output: string;
}

export interface RunSettings {
  cwd?: string;
  env?: Record<string, string>;
  timeout_ms?: number;
}

const TIMEOUT_MS = 300_000;

/** Runs a program to its end; a failing exit is a result, only a program that cannot be started is an error. */
export async function run(program: string, args: readonly string[], settings: RunSettings = {}): Promise<Ran> {
  const child = spawn(program, args, {
    ...(settings.cwd && { cwd: settings.cwd }),
    env: { ...process.env, ...settings.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: settings.timeout_ms ?? TIMEOUT_MS,
    killSignal: 'SIGKILL',
  });
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  child.stderr.on('data', (part: Buffer) => parts.push(part));
  await once(child, 'close');
  return { status: child.exitCode, signal: child.signalCode, output: Buffer.concat(parts).toString() };
}

export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** Runs a program that has to succeed; returns what it printed. */
export async function mustRun(program: string, args: readonly string[], settings: RunSettings = {}): Promise<string> {
  const { status, signal, output } = await run(program, args, settings);
  if (status === 0) return output;
  throw new CommandError(`${program} ${args.join(' ')}\nended with ${signal ?? status}:\n${output}`);
}
