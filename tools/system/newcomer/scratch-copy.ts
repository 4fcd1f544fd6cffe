import { execFileSync } from 'node:child_process';
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

/** Larger files (models, scans) are not edited: links do. */
const COPIED_BYTES_MAX = 1_000_000;

/** The checkout's sources as they are now, to be changed at will: dependencies are linked, our own packages are the copies. */
export class ScratchCopy {
  readonly folder: string;
  /** Of the packages, programs and tools. */
  readonly workspaces: readonly string[];

  constructor(checkout: string) {
    this.folder = mkdtempSync(join(realpathSync(tmpdir()), 'slipstream-newcomer-'));
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: checkout,
      encoding: 'utf8',
      maxBuffer: 64_000_000,
    });
    const files = listed.split('\0').filter((file) => file !== '' && existsSync(join(checkout, file)));
    for (const file of files) place(join(checkout, file), join(this.folder, file));
    this.workspaces = files
      .filter((file) => /^(?:packages|apps|tools)\/[^/]+\/package\.json$/.test(file))
      .map((file) => dirname(file));
    for (const folder of ['.', ...this.workspaces]) this.#linkModules(checkout, folder);
  }

  /** Writes what `edit` makes of a file; a new file is made of the empty text. It has to change something. */
  edit(file: string, edit: (text: string) => string): void {
    const path = join(this.folder, file);
    const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const after = edit(before);
    if (after === before) throw new Error(`${file} is not what it was: the edit finds its place no more.`);
    writeFileSync(path, after);
  }

  /** As it was before the edits. */
  restore(checkout: string, files: readonly string[]): void {
    for (const file of files) {
      rmSync(join(this.folder, file));
      if (existsSync(join(checkout, file))) place(join(checkout, file), join(this.folder, file));
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #linkModules(checkout: string, folder: string): void {
    const from = join(checkout, folder, 'node_modules');
    if (!existsSync(from)) return;
    const names = readdirSync(from).flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(from, name)).map((below) => join(name, below)) : [name],
    );
    for (const name of names) {
      if (name.startsWith('.') && name !== '.bin') continue;
      const real = realpathSync(join(from, name));
      const ours = relative(checkout, real);
      const isOurs = !ours.startsWith('..') && !ours.includes('node_modules');
      const link = join(this.folder, folder, 'node_modules', name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(isOurs ? join(this.folder, ours) : join(from, name), link);
    }
  }
}

function place(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  if (statSync(from).size > COPIED_BYTES_MAX) symlinkSync(from, to);
  else copyFileSync(from, to, constants.COPYFILE_FICLONE);
}
