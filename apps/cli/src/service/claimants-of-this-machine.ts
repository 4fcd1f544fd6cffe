import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { Claimants } from '@slipstream/ocr';
import { isRunning } from '@slipstream/runtime';
import { userFile } from '../remote/user-folder.ts';

/**
 * Names of claims on what several machines share, such as a stack's index. Two of them may have one host name, and a
 * process that is gone on one may run on the other: a mark of this machine's own user tells them apart.
 */
export function claimantsOfThisMachine(): Claimants {
  const host = `${hostname().replaceAll('/', '-').slice(0, 80)}~${machineMark()}`;
  return new Claimants({ host, pid: process.pid, nonce: randomBytes(4).toString('hex'), isRunning });
}

/** Made on first use. Where it cannot be kept, each run has another one, and waits for leases to end. */
function machineMark(): string {
  const file = userFile('machine');
  const made = randomBytes(8).toString('hex');
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, made, { flag: 'wx', mode: 0o600 });
    return made;
  } catch {
    return readMark(file) ?? made;
  }
}

function readMark(file: string): string | null {
  try {
    return /^[0-9a-f]{16}$/.exec(readFileSync(file, 'utf8').trim())?.[0] ?? null;
  } catch {
    return null; // not there and not to be made
  }
}
