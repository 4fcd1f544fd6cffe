import { existsSync } from 'node:fs';
import { link, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type IndexRow, openLanceStore } from '../src/index.ts';
import { BENCH_IDENTITY, benchReceipts } from './bench-rows.ts';

const ROWS_AT_ONCE = 50_000;

/** The root of a store whose table `lines` holds so many rows, optimised as compaction leaves it. Made once a folder. */
export async function benchTable(folder: string, rows: number): Promise<string> {
  const root = join(folder, `rows-${rows}`);
  if (existsSync(root)) return root;
  const making = `${root}.making`;
  await rm(making, { recursive: true, force: true });
  const store = openLanceStore({ uri: making });
  await store.create('lines', BENCH_IDENTITY);
  const writer = await store.openWriter('lines', BENCH_IDENTITY);
  let waiting: IndexRow[] = [];
  for (const receipt of benchReceipts(rows)) {
    waiting.push(...receipt);
    if (waiting.length < ROWS_AT_ONCE) continue;
    await writer.merge(waiting);
    waiting = [];
  }
  await writer.merge(waiting);
  await writer.optimise({ pruneBefore: Date.now() + 60_000 });
  await store.close();
  await rename(making, root);
  return root;
}

/** A second name for each file: a table's files never change, so that what is written to the copy leaves the original. */
export async function linkedCopy(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const source = join(entry.parentPath, entry.name);
    const target = join(to, source.slice(from.length));
    await mkdir(dirname(target), { recursive: true });
    await link(source, target);
  }
}
