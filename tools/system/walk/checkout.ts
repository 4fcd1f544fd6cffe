import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';

const PROJECT = resolve(import.meta.dirname, '../../..');

/** Built things that the commands need beside the tracked files. */
const BUILT = [
  'apps/lambdas/dist',
  'apps/cli/dist',
  'apps/ocr-agent/dist',
  'packages/doctor/dist',
  'packages/infra-terraform-cdktf/bundles',
];
/** Linked, not copied: fetched once, and never changed. */
const FETCHED = ['packages/infra-terraform-cdktf/.native'];

/**
 * A copy of this checkout as it is now, to deploy from and to break: state files and outputs of real deploys are not in
 * it, and nothing that the walk writes comes back. Dependencies are links into this checkout's.
 */
export function makeCheckout(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  const { stdout } = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: PROJECT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const isReal = (file: string) => !/^packages\/infra-terraform-cdktf\/(state|outputs)\./.test(file);
  for (const file of stdout
    .split('\0')
    .filter((name) => name !== '' && isReal(name) && existsSync(join(PROJECT, name)))) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    cpSync(join(PROJECT, file), join(folder, file));
  }
  for (const built of BUILT)
    if (existsSync(join(PROJECT, built))) cpSync(join(PROJECT, built), join(folder, built), { recursive: true });
  for (const fetched of FETCHED)
    if (existsSync(join(PROJECT, fetched))) symlinkSync(join(PROJECT, fetched), join(folder, fetched));
  linkModules('node_modules', folder);
  for (const workspace of ['apps', 'packages', 'tools'].flatMap((part) =>
    readdirSync(join(PROJECT, part)).map((name) => join(part, name)),
  )) {
    const modules = join(workspace, 'node_modules');
    if (existsSync(join(PROJECT, modules)) && existsSync(join(folder, workspace)))
      symlinkSync(join(PROJECT, modules), join(folder, modules));
  }
}

/** Each package is a link; links of npm's own (programs, workspaces) are made again, so that they lead into the copy. */
function linkModules(modules: string, folder: string): void {
  mkdirSync(join(folder, modules), { recursive: true });
  for (const name of readdirSync(join(PROJECT, modules))) {
    const from = join(PROJECT, modules, name);
    const to = join(folder, modules, name);
    if (lstatSync(from).isSymbolicLink()) symlinkSync(readlinkSync(from), to);
    else if (name === '.bin' || name === '@slipstream') linkModules(join(modules, name), folder);
    else symlinkSync(from, to);
  }
}
