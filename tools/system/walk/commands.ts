import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

export interface Finished {
  readonly code: number | null;
  /** Both outputs, as they came, without colours. */
  readonly text: string;
  readonly seconds: number;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
  /** Ends a command that hangs. */
  readonly secondsMax: number;
  /** What is typed on its standard input; nothing, where nothing is said. */
  readonly input?: string;
}

export interface Started {
  readonly child: ChildProcess;
  /** What was printed so far. */
  text(): string;
}

/** Runs a command line as a person types it. */
export async function runCommand(line: string, options: CommandOptions): Promise<Finished> {
  const startedAt = performance.now();
  const { child, text } = startCommand(line, options);
  const timer = setTimeout(() => child.pid && process.kill(-child.pid, 'SIGKILL'), options.secondsMax * 1_000);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  return { code, text: text(), seconds: Math.round((performance.now() - startedAt) / 1_000) };
}

/** Starts one that stays. */
export function startCommand(line: string, { cwd, env, logFile, input = '' }: CommandOptions): Started {
  // A group of its own: what it starts ends with it.
  const child = spawn('sh', ['-c', line], { cwd, env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin?.on('error', () => {}); // a command may end without having read it
  child.stdin?.end(input);
  let text = '';
  const take = (chunk: string) => {
    text += stripVTControlCharacters(chunk);
    appendFileSync(logFile, chunk);
  };
  child.stdout?.setEncoding('utf8').on('data', take);
  child.stderr?.setEncoding('utf8').on('data', take);
  return { child, text: () => text };
}
