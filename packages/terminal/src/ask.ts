import { createInterface } from 'node:readline/promises';

/** What a person answers on the terminal; null where there is none, or they end the input. Asked on standard error. */
export async function ask(question: string): Promise<string | null> {
  if (process.stdin.isTTY !== true) return null;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new Promise<null>((resolve) => terminal.once('close', () => resolve(null)));
  try {
    return await Promise.race([terminal.question(question), ended]);
  } finally {
    terminal.close();
  }
}
