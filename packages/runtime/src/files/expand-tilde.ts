import { homedir } from 'node:os';
import { join } from 'node:path';

/** A config file's `~/receipts` was never seen by a shell. */
export function expandTilde(path: string): string {
  return path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;
}
