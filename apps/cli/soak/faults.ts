import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SmallDisk } from './small-disk.ts';
import type { SoakedDev } from './soaked-dev.ts';

export const FAULTS = ['kill', 'clock', 'disk full', 'lost files'] as const;
export type Fault = (typeof FAULTS)[number];

const HOUR_MS = 3_600_000;
const CLOCKS_MS = [0, 6 * HOUR_MS, -6 * HOUR_MS, 30 * HOUR_MS];
const FULL_MS = 1_500;
const LOST_AT_ONCE = 5;

/** What a fault works with, and the keys of the originals whose files it removed. */
export interface FaultPorts {
  readonly dev: SoakedDev;
  readonly disk: SmallDisk;
  readonly random: () => number;
  readonly lost: Set<string>;
}

export async function inject(fault: Fault, { dev, disk, random, lost }: FaultPorts): Promise<void> {
  switch (fault) {
    case 'kill':
      await dev.end('SIGKILL');
      await dev.start();
      return;
    case 'clock':
      dev.moveClock(CLOCKS_MS[Math.floor(random() * CLOCKS_MS.length)] ?? 0);
      return;
    case 'disk full':
      disk.fill();
      await sleep(FULL_MS);
      disk.empty();
      return;
    case 'lost files':
      for (const { key, path } of originals(dev.dataDir, random)) {
        rmSync(path, { force: true });
        lost.add(key);
      }
  }
}

/** Some of those whose bytes lie in files, drawn by lot. */
function originals(dataDir: string, random: () => number): { readonly key: string; readonly path: string }[] {
  const database = new DatabaseSync(join(dataDir, 'slipstream.db'), { readOnly: true, timeout: 5_000 });
  try {
    const rows = database
      .prepare(
        "SELECT key, blob FROM objects WHERE bucket = 'slipstream-raw' AND blob NOT IN (SELECT blob FROM small_blobs)",
      )
      .all();
    return Array.from({ length: Math.min(LOST_AT_ONCE, rows.length) }, () => {
      const { key, blob } = rows[Math.floor(random() * rows.length)] ?? {};
      const beganAt = Number.parseInt(String(blob).replaceAll('-', '').slice(0, 12), 16);
      const day = new Date(beganAt).toISOString().slice(0, 10);
      return { key: String(key), path: join(dataDir, 'objects', 'slipstream-raw', day, String(blob)) };
    });
  } finally {
    database.close();
  }
}
