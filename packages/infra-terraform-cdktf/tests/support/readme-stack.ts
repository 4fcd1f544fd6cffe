import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const PACKAGE = resolve(import.meta.dirname, '../..');

/** Synthesises the program that the NAT construct's README shows, as a stack of another project; the folder of its `cdk.tf.json`. */
export function readmeStack(): string {
  const readme = readFileSync(join(PACKAGE, 'src/nat-instance/README.md'), 'utf8');
  const program = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const outdir = mkdtempSync(join(tmpdir(), 'slipstream-nat-'));
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module-typescript', '--eval', program], {
    cwd: PACKAGE,
    env: { ...process.env, CDKTF_OUTDIR: outdir, DISABLE_VERSION_CHECK: '1', CHECKPOINT_DISABLE: '1' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The README's program ended with ${status}: ${stderr}`);
  return join(outdir, 'stacks/shop');
}
