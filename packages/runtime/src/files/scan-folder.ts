import type { Stats } from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathOfBytes, systemPath } from './file-path.ts';

/** What a folder is searched for. Which of them is an image is decided by content, later. */
const IMAGE_FILE_PATTERN = /\.(jpe?g|png|webp|tiff?|heic|heif|avif|gif|bmp|pdf|xml)$/i;

/** A file as it is at this moment; what is no regular file has no size. */
export interface SeenFile {
  /** As `pathOfBytes` has it. */
  readonly path: string;
  readonly isRegular: boolean;
  readonly size: number;
  readonly modified_ms: number;
}

/** Folders in folders: a loop of mounts must end. */
const DEPTH_MAX = 32;

/**
 * What looks like a photograph in a folder and in the folders in it, without what is hidden, and without following a
 * link. One entry at a time is held, whatever the folder's size. A folder that cannot be read is reported and passed
 * over; the first one throws.
 */
export async function* scanFolder(
  folder: string,
  onUnreadable: (path: string, error: unknown) => void,
  depth = 0,
): AsyncGenerator<SeenFile> {
  for await (const entry of await opendir(systemPath(folder), NAMES_AS_BYTES)) {
    const name = nameOf(entry.name);
    const path = join(folder, name);
    if (name.startsWith('.')) continue;
    try {
      if (entry.isDirectory()) {
        if (depth < DEPTH_MAX) yield* scanFolder(path, onUnreadable, depth + 1);
      } else if (IMAGE_FILE_PATTERN.test(name)) {
        const facts = await lstat(systemPath(path)).catch(missingIsNull);
        if (facts !== null) yield seen(path, facts);
      }
    } catch (error) {
      onUnreadable(path, error);
    }
  }
}

/** `opendir` gives them so since Node 12, `@types/node` does not know it: the option is documented of `readdir` alone. */
const NAMES_AS_BYTES = { encoding: 'buffer' as BufferEncoding };

function nameOf(name: unknown): string {
  return name instanceof Uint8Array ? pathOfBytes(name) : String(name);
}

function seen(path: string, facts: Stats): SeenFile {
  return { path, isRegular: facts.isFile(), size: facts.size, modified_ms: facts.mtimeMs };
}

/** Gone since the folder was listed. */
function missingIsNull(thrown: unknown): null {
  if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
  throw thrown;
}
