import type { Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { readRegularFile } from '@slipstream/runtime';
import { SlipstreamError } from '@slipstream/shared';

/** What a folder is searched for. Which of them is an image is decided by content, later. */
export const IMAGE_FILE_PATTERN = /\.(jpe?g|png|webp|tiff?|heic|heif|avif|gif|bmp|pdf|xml)$/i;

/** A file over this is not even taken in; one over the image limit is, and gets a FAILED job that says so. */
export const FILE_BYTES_MAX = 104_857_600;

export async function readImageFile(path: string): Promise<Uint8Array> {
  return (await readRegularFile(path, FILE_BYTES_MAX)).bytes;
}

/** What a person sees as an image: not what is hidden, such as the `._` files that macOS writes beside each file. */
export function isImageFileName(name: string): boolean {
  return !name.startsWith('.') && IMAGE_FILE_PATTERN.test(name);
}

export interface FoundFiles {
  readonly files: readonly string[];
  /** Names under which there is nothing to read: of several, the others are taken all the same. */
  readonly refused: readonly { readonly file: string; readonly error: SlipstreamError }[];
}

/** Files as given; of folders, what looks like an image, sorted by name, with the folders in them. */
export async function findImageFiles(paths: readonly string[]): Promise<FoundFiles> {
  const found: string[] = [];
  const refused: { file: string; error: SlipstreamError }[] = [];
  for (const path of paths) {
    const stats = await statOf(path);
    if (stats instanceof SlipstreamError) {
      if (paths.length === 1) throw stats;
      refused.push({ file: path, error: stats });
      continue;
    }
    if (!stats.isDirectory()) {
      found.push(path);
      continue;
    }
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && isImageFileName(entry.name) && !isHidden(path, entry));
    found.push(...files.map((entry) => join(entry.parentPath, entry.name)).sort());
  }
  if (found.length === 0 && refused.length === 0) {
    throw new SlipstreamError(
      'NOT_FOUND',
      `There is no image in ${paths.join(', ')}; JPEG, PNG, WebP, TIFF, HEIC, AVIF, GIF, BMP, PDF and e-invoices (XML) are read.`,
    );
  }
  return { files: found, refused };
}

async function statOf(path: string): Promise<Stats | SlipstreamError> {
  try {
    return await stat(path);
  } catch (cause) {
    return new SlipstreamError('NOT_FOUND', `${path} cannot be read: is the name right, and may you read it?`, {
      cause,
    });
  }
}

/** In a hidden folder. */
function isHidden(root: string, { parentPath }: { readonly parentPath: string }): boolean {
  return relative(root, parentPath)
    .split(sep)
    .some((name) => name.startsWith('.'));
}
