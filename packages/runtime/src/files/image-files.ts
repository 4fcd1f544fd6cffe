import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { SlipstreamError } from '@slipstream/shared';
import { systemPath } from './file-path.ts';
import { fileUnreadable, notRegular, readRegularFile } from './read-regular-file.ts';
import { scanFolder } from './scan-folder.ts';

/** A file over this is not even taken in; one over the image limit is, and gets a FAILED job that says so. */
export const FILE_BYTES_MAX = 104_857_600;

export async function readImageFile(path: string): Promise<Uint8Array> {
  return (await readRegularFile(path, FILE_BYTES_MAX)).bytes;
}

export interface FoundFiles {
  readonly files: readonly string[];
  /** Names under which there is nothing to read: the others are taken all the same. */
  readonly refused: readonly { readonly file: string; readonly error: SlipstreamError }[];
}

/**
 * Files as given; of folders, what looks like an image, sorted by name, with the folders in them. What is in a folder is
 * named as `pathOfBytes` has it. Throws `NOT_FOUND` where there is nothing at all.
 */
export async function findImageFiles(paths: readonly string[]): Promise<FoundFiles> {
  const found: string[] = [];
  const refused: { file: string; error: SlipstreamError }[] = [];
  for (const path of paths) {
    const stats = await statOf(path);
    if (stats instanceof SlipstreamError) refused.push({ file: path, error: stats });
    else if (stats.isDirectory()) {
      const inFolder = await findInFolder(path);
      found.push(...inFolder.files);
      refused.push(...inFolder.refused);
    } else found.push(path);
  }
  if (found.length === 0 && refused.length === 0) {
    throw new SlipstreamError(
      'NOT_FOUND',
      `There is no image in ${paths.join(', ')}; JPEG, PNG, WebP, TIFF, HEIC, AVIF, GIF, BMP, PDF and e-invoices (XML) are read.`,
    );
  }
  return { files: found, refused };
}

async function findInFolder(folder: string): Promise<FoundFiles> {
  const files: string[] = [];
  const refused: { file: string; error: SlipstreamError }[] = [];
  const refuse = (file: string, cause: unknown) => refused.push({ file, error: fileUnreadable(file, cause) });
  try {
    for await (const { path, isRegular } of scanFolder(folder, refuse)) {
      if (isRegular) files.push(path);
      else refused.push({ file: path, error: notRegular(path) });
    }
  } catch (cause) {
    refuse(folder, cause);
  }
  return { files: files.sort(), refused };
}

async function statOf(path: string): Promise<Stats | SlipstreamError> {
  try {
    return await stat(systemPath(path));
  } catch (cause) {
    return fileUnreadable(path, cause);
  }
}
