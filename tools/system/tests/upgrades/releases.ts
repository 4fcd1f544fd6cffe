import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type AllPorts, allPorts } from '@slipstream/pipeline';
import { createLogger } from '@slipstream/runtime';
import { type StoredRecord, systemClock } from '@slipstream/shared';
import { type EmbeddedStore, openEmbeddedStore } from '@slipstream/store-embedded';
import { z } from 'zod';

const RELEASES = fileURLToPath(new URL('../../upgrades/releases/', import.meta.url));

const releaseSchema = z.object({
  images: z.object({ cafe: z.string(), bar: z.string(), letter: z.string(), pending: z.string(), done: z.string() }),
  index_attributes: z.array(z.string()),
});
const usedSchema = z.object({
  read: z.int(),
  known: z.array(z.string()),
  unknown: z.array(z.string()),
  faults: z.array(z.string()),
  receipts: z.int(),
  failed: z.int(),
  waiting: z.int(),
  reread: z.array(z.string()),
});

/** A release that was: what it left, and its own code. See docs/upgrades.md. */
export interface Release extends z.infer<typeof releaseSchema> {
  readonly name: string;
  readonly folder: string;
  readonly table: readonly StoredRecord[];
}

export function releases(): readonly Release[] {
  return readdirSync(RELEASES)
    .sort()
    .map((name) => {
      const folder = join(RELEASES, name);
      const json = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
      return { name, folder, ...releaseSchema.parse(json('release.json')), table: json('table.json') };
    });
}

export async function emptyFolder(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), 'slipstream-upgrade-')), 'data');
}

export async function copyOfData({ folder }: Release): Promise<string> {
  const dataDir = await emptyFolder();
  await cp(join(folder, 'data'), dataDir, { recursive: true });
  return dataDir;
}

/** The release's own code opens the folder, reads all of it and works on it. */
export async function useWith({ folder }: Release, dataDir: string): Promise<z.infer<typeof usedSchema>> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'use-folder.mjs'), dataDir]);
  return usedSchema.parse(JSON.parse(stdout));
}

export type Opened = AllPorts & { readonly store: EmbeddedStore };

/** With the code of today. */
export async function openToday(dataDir: string): Promise<Opened> {
  const store = await openEmbeddedStore({ dataDir, uploadBaseUrl: 'http://127.0.0.1/put' });
  const logger = createLogger({ name: 'today', level: 'fatal', destination: { write: () => {} } });
  return { ...allPorts(store, { clock: systemClock, logger }), store };
}

export function versionOf(dataDir: string): unknown {
  const file = join(dataDir, 'slipstream.db');
  if (!existsSync(file)) return null;
  const database = new DatabaseSync(file, { readOnly: true });
  const row = database.prepare('PRAGMA user_version').get();
  database.close();
  return row?.user_version;
}
