import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Another process that runs a script of this folder, and the lines that it wrote. */
export interface Child {
  readonly lines: string[];
  readonly process: ChildProcess;
  /** Resolves with the exit code, or the signal's name, when all of its lines are read. */
  readonly ended: Promise<number | string>;
}

export function startChild(script: string, args: readonly string[]): Child {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  const ended = Promise.all([once(child, 'exit'), once(reader, 'close')]).then(([[code, signal]]) => code ?? signal);
  return { lines, process: child, ended };
}
