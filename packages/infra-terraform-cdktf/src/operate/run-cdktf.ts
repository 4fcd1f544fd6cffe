import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const PACKAGE = join(import.meta.dirname, '../..');

/** Runs this package's `cdktf` with its output on the terminal; ends with its status. */
export function runCdktf(args: readonly string[]): number {
  return (
    spawnSync(process.execPath, [join(PACKAGE, 'bin/cdktf.mjs'), ...args], { cwd: PACKAGE, stdio: 'inherit' }).status ??
    1
  );
}

/** Addresses of what Terraform has made of a stack. Throws when Terraform cannot say. */
export function stateAddresses(stack: string): string[] {
  const cwd = join(PACKAGE, 'cdktf.out/stacks', stack);
  for (const args of [
    ['init', '-input=false', '-no-color'],
    ['state', 'list', '-no-color'],
  ]) {
    const { status, stdout, stderr, error } = spawnSync('terraform', args, { cwd, encoding: 'utf8' });
    if (error)
      throw new Error(
        `terraform cannot be run (${error.message}): install Terraform 1.10 or later, or OpenTofu as terraform.`,
      );
    if (status !== 0 && !/No state file/.test(stderr)) throw new Error(`terraform ${args[0]} failed:\n${stderr}`);
    if (args[0] === 'state') return stdout.split('\n').filter(Boolean);
  }
  return [];
}
