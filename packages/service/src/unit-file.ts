import { chownSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makePrivateFolder } from '@slipstream/runtime';
import { replaceFile } from './replace-file.ts';
import type { ServiceHost, ServiceLayout } from './service-layout.ts';

export function isUnitCurrent({ unitFile }: ServiceLayout, unit: string): boolean {
  return existsSync(unitFile) && readFileSync(unitFile, 'utf8') === unit;
}

/** The unit, and the folder of logs that it names. */
export function writeUnit({ unitFile, logDir }: ServiceLayout, { system, uid, gid }: ServiceHost, unit: string): void {
  mkdirSync(dirname(unitFile), { recursive: true });
  makePrivateFolder(logDir);
  // Made by root, written by the user that the program runs as.
  if (system) chownSync(logDir, uid, gid);
  replaceFile(unitFile, unit, 0o644); // launchd refuses what others may write
}
