import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { indexStatus } from '@slipstream/merchant-index';
import type { Home } from '../home/open-home.ts';

/** Something that a person has to solve; `stops`: until then nothing can be taken in. */
export interface HomeProblem {
  readonly code: 'DISK_FULL' | 'DISK_LOW' | 'ORIGINALS_UNKNOWN' | 'INDEX_MISSING' | 'ENGINE_DEGRADED';
  readonly message: string;
  readonly stops: boolean;
}

export interface DiskSpace {
  readonly free_bytes: number;
  readonly size_bytes: number;
}

/** Photographs of the largest size for which there has to be room before anybody is warned. */
const LOW_IMAGES = 10;
const HOME_URI = 'data-folder:/';

export async function diskSpace(dataDir: string): Promise<DiskSpace> {
  const { bavail, blocks, bsize } = await statfs(dataDir);
  return { free_bytes: bavail * bsize, size_bytes: blocks * bsize };
}

/** What is wrong with a data folder and its index. */
export async function homeProblems(
  home: Home,
  options: { readonly imageBytesMax: number; readonly collections: readonly string[] },
): Promise<readonly HomeProblem[]> {
  const disk = diskProblem(home.dataDir, await diskSpace(home.dataDir), options.imageBytesMax);
  const indexes = await Promise.all(options.collections.map((collection) => indexProblem(home, collection)));
  return [disk, await originalsProblem(home), ...indexes].filter((problem) => problem !== null);
}

function diskProblem(folder: string, { free_bytes }: DiskSpace, imageBytesMax: number): HomeProblem | null {
  const free = `${Math.floor(free_bytes / 1_048_576)} MB are free where ${folder} lies`;
  if (free_bytes < imageBytesMax)
    return { code: 'DISK_FULL', message: `The disk is full: ${free}. Make room; work goes on by itself.`, stops: true };
  if (free_bytes < LOW_IMAGES * imageBytesMax)
    return { code: 'DISK_LOW', message: `The disk is nearly full: ${free}. Make room.`, stops: false };
  return null;
}

/** An older copy of the database was put back, or it lost its last pages. */
async function originalsProblem({ store, dataDir }: Home): Promise<HomeProblem | null> {
  const { count, oldest_ms, isAtLeast } = await store.unknownOriginals();
  if (count === 0 || oldest_ms === null) return null;
  const what = `${count}${isAtLeast ? ' or more' : ''} ${count === 1 ? 'original' : 'originals'}`;
  return {
    code: 'ORIGINALS_UNKNOWN',
    message: `The database is older than the photographs beside it: it does not know ${what} in ${dataDir}, the oldest of ${new Date(oldest_ms).toISOString()}. Stop slipstream dev and run slipstream recover, which makes their records again; a slipstream dev that runs on takes them up an hour after they came.`,
    stops: false,
  };
}

/** An index that readers are sent to and that is not there; or none at all, although there are receipts. */
async function indexProblem(home: Home, collection: string): Promise<HomeProblem | null> {
  const { published } = await indexStatus(home, collection);
  const isThere = published !== null && isFolderThere(home.dataDir, published.uri);
  if (isThere || (published === null && !(await hasReceipts(home)))) return null;
  return {
    code: 'INDEX_MISSING',
    message: `The merchant index "${collection}" is lost. Receipts are read all the same, without their merchants' memory. Make it again: slipstream index rebuild`,
    stops: false,
  };
}

/** What lies elsewhere, on a Chroma server, is not looked for. */
function isFolderThere(dataDir: string, uri: string): boolean {
  return !uri.startsWith(HOME_URI) || existsSync(join(dataDir, uri.slice(HOME_URI.length), '_versions'));
}

async function hasReceipts({ records }: Home): Promise<boolean> {
  const { items } = await records.query({ index: 'gsi1', partition: 'RECEIPT', limit: 1 });
  return items.length > 0;
}
