import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync } from 'node:fs';

/** Ids of a user whom modes of files concern; empty where this process is one. */
export interface OrdinaryUser {
  readonly uid?: number;
  readonly gid?: number;
}

/** `nobody` on Linux. */
const NOBODY = 65_534;

/**
 * A user for a program that is to be refused what it may not do: root is refused nothing. null, which skips such tests,
 * where this process is root and `nobody` cannot run the program, since it may not enter its folder.
 */
export function ordinaryUser(program: string): OrdinaryUser | null {
  if (process.getuid === undefined) return null;
  if (process.getuid() !== 0) return {};
  const user = { uid: NOBODY, gid: NOBODY };
  const script = `require('node:fs').accessSync(${JSON.stringify(program)})`;
  return spawnSync(process.execPath, ['-e', script], { ...user, cwd: '/' }).status === 0 ? user : null;
}

/** Gives files and folders to the user. */
export function giveTo({ uid, gid }: OrdinaryUser, ...paths: readonly string[]): void {
  if (uid === undefined || gid === undefined) return;
  for (const path of paths) chownSync(path, uid, gid);
}

/** Lets other users pass through a test's own folder, without listing it. */
export function letPass(folder: string): void {
  chmodSync(folder, 0o711);
}
