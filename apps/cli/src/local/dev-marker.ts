import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const markerSchema = z.object({ pid: z.int(), url: z.string(), started_at: z.string() });
export type DevMarker = z.infer<typeof markerSchema>;

const markerPath = (dataDir: string) => join(dataDir, 'dev.json');

/** Says in the data folder that a program works on it, and where its API is. Returns what takes the word back. */
export function writeDevMarker(dataDir: string, url: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  const marker: DevMarker = { pid: process.pid, url, started_at: new Date().toISOString() };
  writeFileSync(markerPath(dataDir), JSON.stringify(marker), { mode: 0o600 });
  return () => {
    if (readLiveDev(dataDir)?.pid === process.pid) rmSync(markerPath(dataDir), { force: true });
  };
}

/** The `slipstream dev` that works on this folder now; null when there is none, or only what a crash left. */
export function readLiveDev(dataDir: string): DevMarker | null {
  try {
    const marker = markerSchema.parse(JSON.parse(readFileSync(markerPath(dataDir), 'utf8')));
    process.kill(marker.pid, 0); // throws when there is no such process
    return marker;
  } catch {
    return null; // no marker, a torn one, or a process that is gone: nobody is known to work here
  }
}
