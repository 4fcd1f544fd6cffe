import { createReadStream, type Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { itemsOf } from '@slipstream/runtime';
import { isSlipstreamError, type ObjectStore } from '@slipstream/shared';

export interface TableFile {
  /** Within the table: `data/….lance`, `_versions/….manifest`. */
  readonly name: string;
  readonly size: number;
}

/** The files of one table, for reading: what a copy is made of. Files of a table never change once they are there. */
export interface TableFiles {
  list(): Promise<readonly TableFile[]>;
  /** Null when there is none (any more). */
  read(name: string, range?: readonly [number, number]): Promise<AsyncIterable<Uint8Array> | null>;
}

const LIST_PAGE = 1_000;

/** A table under a prefix of a bucket. */
export function objectTableFiles(objects: ObjectStore, prefix: string): TableFiles {
  return {
    async list() {
      const heads = itemsOf((cursor) => objects.list({ prefix, limit: LIST_PAGE, cursor }));
      return Array.fromAsync(heads, ({ key, size }) => ({ name: key.slice(prefix.length), size }));
    },
    async read(name, range) {
      try {
        return (await objects.get(`${prefix}${name}`, range ? { range } : {})).body;
      } catch (error) {
        if (isSlipstreamError(error, 'OBJECT_NOT_FOUND')) return null;
        throw error;
      }
    },
  };
}

/** A table in a folder, on a disk or a mount. */
export function folderTableFiles(folder: string): TableFiles {
  return {
    async list() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
        if (isMissing(error)) return [] as Dirent[];
        throw error;
      });
      const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
      return Promise.all(
        files.map(async (path) => ({
          name: relative(folder, path).split(sep).join('/'),
          size: (await stat(path)).size,
        })),
      );
    },
    async read(name, range) {
      const path = join(folder, name);
      try {
        await stat(path);
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
      return createReadStream(path, range ? { start: range[0], end: range[1] } : {});
    },
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
