import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { release } from 'node:os';
import { dirname } from 'node:path';
import { type Check, failed, ok, warning } from './check.ts';

/** Darwin 22 is macOS 13, the oldest that the Apple Vision addon is built for. */
const DARWIN_MAJOR_MIN = 22;
const NODE_MAJOR_MIN = 24;
const FREE_BYTES_MIN = 500_000_000;
const FREE_BYTES_WISHED = 5_000_000_000;

export function checkSystem(platform: NodeJS.Platform = process.platform, kernel = release()): Check {
  const what = 'system';
  if (platform !== 'darwin') return ok(what, `${platform} ${kernel}: images are read by PP-OCR here`);
  const major = Number.parseInt(kernel, 10);
  // Darwin 20 to 24 are macOS 11 to 15; with Darwin 25 Apple went on to 26.
  const macos = major >= 25 ? major + 1 : major - 9;
  if (major >= DARWIN_MAJOR_MIN) return ok(what, `macOS ${macos}`);
  return failed(
    what,
    `macOS ${macos} is too old for Apple Vision here`,
    'Update to macOS 13 or later, or use --engine ppocr.',
  );
}

export function checkNode(version = process.versions.node): Check {
  const what = 'Node';
  if (Number.parseInt(version, 10) >= NODE_MAJOR_MIN) return ok(what, version);
  return failed(what, `${version} is too old`, `Install Node ${NODE_MAJOR_MIN} or later from https://nodejs.org.`);
}

export async function checkDisk(folder: string): Promise<Check> {
  const what = 'disk';
  const { bavail, bsize } = await statfs(existingParent(folder));
  const free = bavail * bsize;
  const found = `${(free / 1e9).toFixed(1)} GB free for ${folder}`;
  if (free < FREE_BYTES_MIN) return failed(what, found, 'Make room: logs, images and SQLite need some hundred MB.');
  if (free < FREE_BYTES_WISHED) return warning(what, found, 'Make room before it runs out.');
  return ok(what, found);
}

function existingParent(folder: string): string {
  return existsSync(folder) ? folder : existingParent(dirname(folder));
}
