import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('./pseudo-terminal.py', import.meta.url));

/** Node has no pseudo-terminals of its own; Python has, on every system that has them. */
export const hasPseudoTerminals = spawnSync('python3', ['-c', 'import pty']).status === 0;

export interface TerminalRun {
  readonly code: number | null;
  /** As it was sent to the terminal: with colours, erased lines, and CR LF. */
  readonly raw: string;
  /** The lines that stay on the screen, without colours. */
  readonly lines: readonly string[];
}

export interface TerminalOptions {
  readonly columns: number;
  readonly env?: NodeJS.ProcessEnv;
  /** Called with all that was printed so far; what it returns is typed. */
  readonly type?: (screen: string) => string | null;
}

/** Runs a command on a terminal of so many columns. */
export function runOnTerminal(command: readonly string[], options: TerminalOptions): Promise<TerminalRun> {
  const { columns, env = process.env, type = () => null } = options;
  const { NO_COLOR: _, CI: __, ...coloured } = env;
  return new Promise((resolve, reject) => {
    const child = spawn('python3', [SCRIPT, String(columns), ...command], {
      env: { ...coloured, TERM: 'xterm-256color' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let raw = '';
    child.stdout.setEncoding('utf8').on('data', (data: string) => {
      raw += data;
      const keys = type(raw);
      if (keys !== null) child.stdin.write(keys);
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, raw, lines: shownLines(raw) }));
  });
}

/** What a terminal shows in the end: a line that is erased and written again counts as it was written last. */
export function shownLines(raw: string): readonly string[] {
  const shown = raw
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.split(/\r?\p{Cc}\[2K/u).at(-1) ?? '')
    .map((line) => line.replace(/\p{Cc}\[[\d;?]*[a-zA-Z]/gu, ''));
  return shown.at(-1) === '' ? shown.slice(0, -1) : shown;
}
