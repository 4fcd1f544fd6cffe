import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const PACKAGE = join(import.meta.dirname, '../..');

/** Where a stack is synthesised to, and Terraform runs. */
function stackFolder(stack: string): string {
  return join(PACKAGE, 'cdktf.out/stacks', stack);
}

/** Runs this package's `cdktf` with its output on the terminal; ends with its status. */
export function runCdktf(args: readonly string[]): number {
  return (
    spawnSync(process.execPath, [join(PACKAGE, 'bin/cdktf.mjs'), ...args], { cwd: PACKAGE, stdio: 'inherit' }).status ??
    1
  );
}

/** Runs a script of this package in a process of its own; ends with its status. */
export function runPackageScript(name: string, args: readonly string[]): number {
  const script = join(PACKAGE, 'scripts', name);
  return spawnSync(process.execPath, [script, ...args], { cwd: PACKAGE, stdio: 'inherit' }).status ?? 1;
}

/** Runs Terraform in a synthesised stack's folder; what it printed. Throws, with what it says, when it fails. */
export function runTerraform(stack: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync('terraform', [...args, '-no-color'], {
    cwd: stackFolder(stack),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error)
    throw new Error(
      `terraform cannot be run (${error.message}): install Terraform 1.10 or later, or OpenTofu as terraform.`,
    );
  if (status !== 0) throw new Error(`terraform ${args.slice(0, 2).join(' ')} failed:\n${stdout}${stderr}`);
  return stdout;
}

/** Addresses of what Terraform has made of a stack. */
export function stateAddresses(stack: string): string[] {
  runTerraform(stack, ['init', '-input=false']);
  try {
    return runTerraform(stack, ['state', 'list']).split('\n').filter(Boolean);
  } catch (error) {
    if (error instanceof Error && error.message.includes('No state file')) return [];
    throw error;
  }
}
