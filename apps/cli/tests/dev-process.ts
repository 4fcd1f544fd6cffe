import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../dist/slipstream.js', import.meta.url));

/** The built program, as a person runs it. */
export interface RunningProgram {
  readonly child: ChildProcess;
  readonly url: string;
  /** From the start of the process to the first answer of its API. */
  readonly healthyAfterMs: number;
}

export function spawnSlipstream(args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  if (!existsSync(PROGRAM)) throw new Error('apps/cli/dist is not built: npm run build');
  return spawn(process.execPath, [PROGRAM, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** `slipstream dev` on a free port, once its API answers; what it asks of its callers has tests of its own. */
export async function startDev(dataDir: string, ...args: readonly string[]): Promise<RunningProgram> {
  return startDevWith({}, dataDir, ...args);
}

/** The same with variables of its own. */
export async function startDevWith(
  env: Record<string, string>,
  dataDir: string,
  ...args: readonly string[]
): Promise<RunningProgram> {
  const startedAt = performance.now();
  const child = spawnSlipstream(['dev', '--json', '--data', dataDir, '--port', '0', '--no-token', ...args], env);
  const url = await new Promise<string>((resolve, reject) => {
    let out = '';
    let err = '';
    child.stdout?.on('data', (chunk) => {
      out += chunk;
      const announced = /"url": "([^"]+)"/.exec(out)?.[1];
      if (announced) resolve(announced);
    });
    child.stderr?.on('data', (chunk) => {
      err += chunk;
    });
    child.once('exit', (code) => reject(new Error(`slipstream dev ended with ${code}: ${err}`)));
  });
  const health = await fetch(`${url}/health`);
  if (!health.ok) throw new Error(`GET /health answered ${health.status}`);
  return { child, url, healthyAfterMs: performance.now() - startedAt };
}

/** Ends a process and waits until it is gone. */
export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const gone = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  child.kill(signal);
  return gone;
}

export async function runSlipstream(
  ...args: readonly string[]
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawnSlipstream(args);
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, err };
}
