import { chmodSync, renameSync, writeFileSync } from 'node:fs';

/** Writes a file as a whole: whoever reads it meanwhile, or after a kill, finds the old one or the new one. */
export function replaceFile(path: string, text: string, mode = 0o644): void {
  const next = `${path}.next`;
  writeFileSync(next, text);
  chmodSync(next, mode); // whatever the umask is
  renameSync(next, path);
}
