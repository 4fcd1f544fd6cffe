import { renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { makePrivateFolder, PRIVATE_FILE } from '@slipstream/runtime';
import { SlipstreamError } from '@slipstream/shared';

/** Where this person's stacks, tokens and lists of uploaded files are kept (XDG base directories). */
export function userFile(...parts: readonly string[]): string {
  const base = process.env.XDG_CONFIG_HOME || join(homedir(), '.config');
  return join(base, 'slipstream', ...parts);
}

/** Whole or not at all, and readable by this person only. */
export function writePrivately(path: string, text: string): void {
  makePrivateFolder(dirname(path));
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, text, { mode: PRIVATE_FILE });
  renameSync(draft, path);
}

/** A stack's name as a part of a path. */
export function fileNameOf(stackName: string): string {
  if (/^[A-Za-z0-9][\w.-]{0,63}$/.test(stackName)) return stackName;
  throw new SlipstreamError('REQUEST_INVALID', `${stackName.slice(0, 80)} is no name of a stack: --stack dev.`);
}
