#!/usr/bin/env node
// CDK for Terraform was archived; cdktn is its maintained successor. This keeps `npx cdktf` as a command.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const args = process.argv.slice(2);
if (args.length === 1 && args[0] === 'synth') {
  // What cdktn does for it takes longer than the stacks do, and asks for Terraform, which synthesising does not need.
  await import('../src/main.ts');
} else {
  const cdktn = join(dirname(createRequire(import.meta.url).resolve('cdktn-cli/package.json')), 'bin/cdktn');
  // `terraform providers lock` asks the registry even where a mirror stands in its place, and fails behind one. Nothing
  // is lost without it: the lock file of this package is written beside each stack at synth.
  const locks =
    ['deploy', 'diff', 'destroy', 'plan', 'apply'].includes(args[0]) && !args.includes('--skip-provider-lock');
  // Neither crash reports nor version checks leave the machine.
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', DISABLE_VERSION_CHECK: '1', TELEMETRY_DISABLED: '1' };
  const given = locks ? [...args, '--skip-provider-lock'] : args;
  const { status, error } = spawnSync(process.execPath, [cdktn, ...given], { stdio: 'inherit', env });
  if (error) throw error;
  process.exitCode = status ?? 1;
}
