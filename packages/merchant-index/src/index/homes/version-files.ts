import type { TableFile } from './table-files.ts';

const VERSION_MAX = 2n ** 64n - 1n;

/** Where LanceDB keeps a version's manifest: numbered downwards, so that the newest is listed first. */
export function manifestName(version: number): string {
  return `_versions/${String(VERSION_MAX - BigInt(version)).padStart(20, '0')}.manifest`;
}

/**
 * Of a table's files those that a version is made of. The manifest names data files by their names and indexes by the
 * bytes of their ids; it is searched for those instead of being decoded, which could only err by taking too many.
 * Deletion files (a few KB each) are all taken. A file that was missed would show as an error of the copy's first use,
 * upon which the home is read.
 */
export function filesOfVersion(manifest: Uint8Array, files: readonly TableFile[]): TableFile[] {
  const haystack = Buffer.from(manifest.buffer, manifest.byteOffset, manifest.byteLength);
  return files.filter(({ name }) => {
    const [folder = '', second = ''] = name.split('/');
    switch (folder) {
      case 'data':
        return haystack.includes(second);
      case '_indices':
        return haystack.includes(Buffer.from(second.replaceAll('-', ''), 'hex'));
      case '_deletions':
        return true;
      default:
        return false;
    }
  });
}
