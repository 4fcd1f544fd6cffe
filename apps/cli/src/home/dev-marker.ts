import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { processStart } from './process-start.ts';

const markerSchema = z.object({
  pid: z.int(),
  /** As `processStart` says it: the same id later is another process. */
  process_start: z.string().nullable(),
  /** Names this run: its slot, which no other takes away. */
  token: z.string(),
  url: z.string(),
  /** The data folder it has open: a copy of the folder, marker and all, is another one's. */
  folder_id: z.string(),
  started_at: z.string(),
});
export type DevMarker = z.infer<typeof markerSchema>;

/** One file a running `slipstream dev`. */
const SLOT = /^dev\.[0-9a-f]{16}\.json$/;
const slotPath = (dataDir: string, token: string) => join(dataDir, `dev.${token}.json`);

/** Says in the data folder that a program works on it, and where its API is. Returns what takes the word back. */
export function writeDevMarker(dataDir: string, { url, folder_id }: Pick<DevMarker, 'url' | 'folder_id'>): () => void {
  removeDeadSlots(dataDir);
  const token = randomBytes(8).toString('hex');
  const marker: DevMarker = {
    pid: process.pid,
    process_start: processStart(process.pid),
    token,
    url,
    folder_id,
    started_at: new Date().toISOString(),
  };
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = slotPath(dataDir, token);
  // Whoever looks meanwhile must not find half of it.
  writeFileSync(`${path}.new`, JSON.stringify(marker), { mode: 0o600 });
  renameSync(`${path}.new`, path);
  writeOverview(dataDir);
  return () => {
    rmSync(path, { force: true });
    writeOverview(dataDir);
  };
}

/** `dev.json`: all of them together, for people and scripts. Who asks here reads the slots themselves. */
function writeOverview(dataDir: string): void {
  const overview = join(dataDir, 'dev.json');
  const devs = liveDevs(dataDir);
  if (devs.length === 0) {
    rmSync(overview, { force: true });
    return;
  }
  const temporary = `${overview}.${process.pid}.new`;
  writeFileSync(temporary, `${JSON.stringify({ devs }, null, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, overview);
}

/** Each `slipstream dev` that works on this folder now, in the order of their starts; what crashed left is passed over. */
export function liveDevs(dataDir: string): readonly DevMarker[] {
  return slotsIn(dataDir)
    .map((name) => readSlot(join(dataDir, name)))
    .filter((marker) => marker !== null)
    .filter(isAlive)
    .sort((one, other) => one.started_at.localeCompare(other.started_at));
}

/** Whether one of them has this very folder open, and not the one that a copy was made of. */
export function isDevLive(dataDir: string, folderId: string): boolean {
  return liveDevs(dataDir).some(({ folder_id }) => folder_id === folderId);
}

function isAlive({ pid, process_start }: DevMarker): boolean {
  try {
    process.kill(pid, 0); // throws when there is no such process
  } catch (thrown) {
    // Somebody else's process is one all the same.
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM')) return false;
  }
  return process_start === null || processStart(pid) === process_start;
}

function removeDeadSlots(dataDir: string): void {
  for (const name of slotsIn(dataDir)) {
    const marker = readSlot(join(dataDir, name));
    if (marker === null || !isAlive(marker)) rmSync(join(dataDir, name), { force: true });
  }
}

function slotsIn(dataDir: string): readonly string[] {
  try {
    return readdirSync(dataDir).filter((name) => SLOT.test(name));
  } catch {
    return []; // no folder: nobody works on it
  }
}

/** null for a damaged one. */
function readSlot(path: string): DevMarker | null {
  try {
    return markerSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}
