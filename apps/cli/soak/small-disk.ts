import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of its own that can be filled, where this user may mount one; a folder otherwise. */
export interface SmallDisk {
  readonly root: string;
  /** Why it cannot be filled; null where it can. */
  readonly notFillable: string | null;
  fill(): void;
  empty(): void;
  dispose(): void;
}

export function openSmallDisk(bytes: number): SmallDisk {
  const home = mkdtempSync(join(tmpdir(), 'slipstream-soak-'));
  const root = join(home, 'disk');
  mkdirSync(root);
  const notFillable = mount(root, bytes);
  const filler = join(root, 'filler');
  return {
    root,
    notFillable,
    fill: () => {
      // Down to the last block, so that the next write fails for certain.
      for (let bytes = PIECE_BYTES; bytes >= BLOCK_BYTES; ) {
        try {
          writeFileSync(filler, new Uint8Array(bytes), { flag: 'a' });
        } catch {
          bytes = Math.floor(bytes / 4); // full for this much: smaller pieces fill the rest
        }
      }
    },
    empty: () => rmSync(filler, { force: true }),
    dispose: () => {
      if (notFillable === null) execFileSync('umount', ['-l', root]);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

const PIECE_BYTES = 16_777_216;
const BLOCK_BYTES = 4_096;

/** Why not; null when it is mounted. */
function mount(root: string, bytes: number): string | null {
  if (process.platform !== 'linux') return 'a disk that can be filled is made on Linux only';
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', root], { stdio: 'ignore' });
    return null;
  } catch {
    return 'this user may not mount a file system';
  }
}
