import { chmodSync, lstatSync, mkdirSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/** Receipts are nobody else's business: what the programs make, other users of the machine can neither list nor read. */
export const PRIVATE_UMASK = 0o077;
export const PRIVATE_FOLDER = 0o700;
export const PRIVATE_FILE = 0o600;

/**
 * The folder, made when it is missing. One that others could enter is closed to them, with everything in it; the name
 * itself may be a link, links in it are not followed. False where its mode cannot be changed: another's folder, or a file system without modes.
 */
export function makePrivateFolder(name: string): boolean {
  mkdirSync(name, { recursive: true, mode: PRIVATE_FOLDER });
  const path = realpathSync(name);
  if (isPrivate(path)) return true;
  // The folder first: from then on nobody reaches what is below it, however long that takes, and whatever interrupts it.
  if (!closeToOthers(path)) return false;
  for (const below of readdirSync(path, { recursive: true, encoding: 'utf8' })) closeToOthers(join(path, below));
  return isPrivate(path);
}

/** Takes the modes of group and others from a file or folder, if it is there. */
export function closeToOthers(path: string): boolean {
  try {
    const { mode } = lstatSync(path);
    if (lstatSync(path).isSymbolicLink()) return true;
    if ((mode & PRIVATE_UMASK) !== 0) chmodSync(path, mode & 0o777 & ~PRIVATE_UMASK);
    return true;
  } catch {
    return false; // gone meanwhile, or not ours to change: the caller says what that means
  }
}

function isPrivate(path: string): boolean {
  return (lstatSync(path).mode & PRIVATE_UMASK) === 0;
}
