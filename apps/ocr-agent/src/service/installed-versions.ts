import { createHash } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import type { RunCommand } from '@slipstream/service';
import { SlipstreamError } from '@slipstream/shared';
import { type InstalledPackage, packageClosure } from './package-closure.ts';
import { type Change, UnfinishedChange } from './unfinished-change.ts';

/** What is copied: the built agent, the Node that runs it, and what the bundle leaves outside. */
export interface AgentBuild {
  readonly version: string;
  /** The folder with `receipt-ocr.js`. */
  readonly dist: string;
  /** The addon's folder beside it; need not be there. */
  readonly prebuilds: string;
  readonly node: string;
}

/** Packages that are native or load files beside themselves, so that no bundle can hold them. */
const EXTERNAL_PACKAGES = ['sharp', 'tesseract.js', '@tesseract.js-data/eng', '@hyzyla/pdfium', 'zxing-wasm'];
/** The runtime that `ppocr` loads here: the native one where it has a library for this machine, else WebAssembly. */
const NATIVE_RUNTIME = 'onnxruntime-node';
const WEB_RUNTIME = 'onnxruntime-web';
const ENTRY = 'receipt-ocr.js';
/** Links to the version that runs, and to the one before it. */
const CURRENT = 'current';
const PREVIOUS = 'previous';
const UNFINISHED = 'unfinished-change.json';

/** The versions of the agent that are installed in a folder of their own, where no checkout and no nvm can change them. */
export class InstalledVersions {
  readonly #root: string;
  readonly #run: RunCommand;
  readonly #unfinished: UnfinishedChange;

  constructor(root: string, run: RunCommand) {
    this.#root = root;
    this.#run = run;
    this.#unfinished = new UnfinishedChange(join(root, UNFINISHED));
  }

  /** The command line of the version that is current, whichever that is when it is started. */
  get command(): readonly [string, string] {
    return [join(this.#root, CURRENT, 'bin/node'), join(this.#root, CURRENT, 'dist', ENTRY)];
  }

  get current(): string | null {
    return this.#target(CURRENT);
  }

  get previous(): string | null {
    return this.#target(PREVIOUS);
  }

  /** Copies a build, tries it, and makes it current. False when exactly this build is current, and runs, already. */
  install(build: AgentBuild): boolean {
    const left = this.#resume();
    const name = `${build.version}-${fingerprint(build)}`;
    const isNew = this.current !== name;
    if (isNew) {
      const folder = join(this.#root, name);
      if (!existsSync(folder)) this.#copy(build, folder);
      this.#carryOut({ kind: 'install', current: name, previous: this.current });
    }
    this.#removeOthers();
    return isNew || left !== null;
  }

  /** Back to the version before; again, forward. One that was cut short is carried through instead. */
  rollback(): string {
    const left = this.#resume();
    if (left?.kind === 'rollback' && left.current !== null) return left.current;
    const { current, previous } = this;
    if (previous === null || current === null) {
      throw new SlipstreamError('NOT_FOUND', 'There is no version to go back to: only one has been installed.');
    }
    this.#carryOut({ kind: 'rollback', current: previous, previous: current });
    return previous;
  }

  /** Something else than the version is about to change in what the service runs. */
  begin(): void {
    this.#unfinished.begin({ kind: 'install', current: this.current, previous: this.previous });
  }

  /** The service runs what it is to run. */
  finish(): void {
    this.#unfinished.finish();
  }

  removeAll(): void {
    for (const name of this.#names()) rmSync(join(this.#root, name), { recursive: true, force: true });
    for (const link of [CURRENT, PREVIOUS]) rmSync(join(this.#root, link), { force: true });
    this.#unfinished.finish();
  }

  #resume(): Change | null {
    const left = this.#unfinished.read();
    if (left !== null) this.#carryOut(left);
    return left;
  }

  #carryOut(change: Change): void {
    this.#unfinished.begin(change);
    if (change.current !== null) this.#link(CURRENT, change.current);
    if (change.previous !== null) this.#link(PREVIOUS, change.previous);
  }

  /** Under another name first: a folder with a version's name is whole. */
  #copy(build: AgentBuild, folder: string): void {
    const unfinished = `${folder}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(join(unfinished, 'bin'), { recursive: true });
    copyFileSync(build.node, join(unfinished, 'bin/node')); // follows links, and keeps the mode
    cpSync(build.dist, join(unfinished, 'dist'), { recursive: true });
    if (existsSync(build.prebuilds)) cpSync(build.prebuilds, join(unfinished, 'prebuilds'), { recursive: true });
    for (const one of externalPackages(build.dist)) copyPackage(one, join(unfinished, 'node_modules'));
    this.#try(unfinished);
    renameSync(unfinished, folder);
  }

  #try(folder: string): void {
    const { code, stderr } = this.#run(join(folder, 'bin/node'), [join(folder, 'dist', ENTRY), '--version']);
    if (code === 0) return;
    throw new SlipstreamError(
      'INTERNAL',
      `The copied agent does not start: ${stderr.trim().slice(0, 500) || `exit code ${code}`}. If Node is Homebrew's, which depends on other files, install Node from https://nodejs.org and try again.`,
    );
  }

  /** Atomic: whoever starts the service meanwhile finds the old version or the new one. */
  #link(link: string, name: string): void {
    const path = join(this.#root, link);
    const next = `${path}.next`;
    rmSync(next, { force: true });
    symlinkSync(name, next);
    renameSync(next, path);
  }

  /** Only the current version and the one before are kept: each is some 500 MB. */
  #removeOthers(): void {
    const kept = new Set([this.current, this.previous]);
    for (const name of this.#names()) {
      if (!kept.has(name)) rmSync(join(this.#root, name), { recursive: true, force: true });
    }
  }

  #names(): readonly string[] {
    if (!existsSync(this.#root)) return [];
    const entries = readdirSync(this.#root, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory() && /^\d+\.\d+\.\d+/.test(entry.name)).map(({ name }) => name);
  }

  #target(link: string): string | null {
    const path = join(this.#root, link);
    return existsSync(path) ? basename(readlinkSync(path)) : null;
  }
}

function externalPackages(dist: string): readonly InstalledPackage[] {
  const native = packageClosure([...EXTERNAL_PACKAGES, NATIVE_RUNTIME], dist);
  const runtime = native.find(({ place }) => place === NATIVE_RUNTIME);
  const libraries = join(runtime?.folder ?? '', 'bin');
  const hasOwn = runtime === undefined || !existsSync(libraries) || filesIn(libraries).some(isLibraryForThisMachine);
  return hasOwn ? native : packageClosure([...EXTERNAL_PACKAGES, WEB_RUNTIME], dist);
}

function isLibraryForThisMachine(file: string): boolean {
  return file.split(sep).slice(-3, -1).join('/') === `${process.platform}/${process.arch}`;
}

function copyPackage({ folder, place }: InstalledPackage, modules: string): void {
  const nested = join(folder, 'node_modules');
  // Packages within this one are found by themselves, as far as they are needed.
  cpSync(folder, join(modules, place), {
    recursive: true,
    dereference: true,
    filter: (source) => source !== nested && isForThisMachine(relative(folder, source)),
  });
}

/** ONNX Runtime's package holds the libraries of every platform, some 60 MB each: bin/napi-v6/linux/x64. */
function isForThisMachine(inPackage: string): boolean {
  const [bin, napi = '', platform, arch] = inPackage.split(sep);
  if (bin !== 'bin' || !napi.startsWith('napi-')) return true;
  return (platform ?? process.platform) === process.platform && (arch ?? process.arch) === process.arch;
}

/** Of everything that is copied, so that a build with the same version number, or another Node, is told apart. */
function fingerprint({ dist, prebuilds, node }: AgentBuild): string {
  if (!existsSync(join(dist, ENTRY))) {
    throw new SlipstreamError(
      'CONFIGURATION_INVALID',
      `There is no ${ENTRY} in ${dist}: build the agent first with "npx turbo build".`,
    );
  }
  const hash = createHash('sha256');
  for (const folder of [dist, prebuilds]) {
    for (const file of filesIn(folder)) hash.update(file.slice(folder.length)).update(readFileSync(file));
  }
  hash.update(readFileSync(node));
  for (const { folder, place } of externalPackages(dist)) {
    hash.update(place).update(readFileSync(join(folder, 'package.json')));
  }
  return hash.digest('hex').slice(0, 8);
}

function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}
