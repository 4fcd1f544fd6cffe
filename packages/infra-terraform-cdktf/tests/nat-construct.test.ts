import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const PACKAGE = resolve(import.meta.dirname, '..');
const FOLDER = join(PACKAGE, 'src/nat-instance');

test('the construct imports nothing of this project but itself', () => {
  const sources = readdirSync(FOLDER).filter((name) => name.endsWith('.ts'));
  const imported = sources.flatMap((name) =>
    [...readFileSync(join(FOLDER, name), 'utf8').matchAll(/from '([^']+)'/g)].map(([, path = '']) => path),
  );
  expect(imported.length).toBeGreaterThan(10);
  for (const path of imported) expect(path).toMatch(/^(\.\/[^.]|node:|cdktn$|constructs$|@cdktn\/provider-aws\/)/);
});

test('the program in its README synthesises a stack of its own', () => {
  const program = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(FOLDER, 'README.md'), 'utf8'))?.[1] ?? '';
  const outdir = mkdtempSync(join(tmpdir(), 'slipstream-nat-'));
  try {
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module-typescript', '--eval', program], {
      cwd: PACKAGE,
      env: { ...process.env, CDKTF_OUTDIR: outdir, DISABLE_VERSION_CHECK: '1', CHECKPOINT_DISABLE: '1' },
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
    const { resource } = JSON.parse(readFileSync(join(outdir, 'stacks/shop/cdk.tf.json'), 'utf8'));
    const [template] = Object.values<Record<string, unknown>>(resource.aws_launch_template);
    expect(template).toMatchObject({ name: 'shop-nat', instance_type: 't4g.nano' });
    expect(Object.values(resource.aws_autoscaling_group)).toMatchObject([{ name: 'shop-nat', min_size: 1 }]);
    const defaults = Object.values<Record<string, unknown>>(resource.aws_route).filter(
      ({ network_interface_id }) => network_interface_id !== undefined,
    );
    expect(defaults).toMatchObject([{ destination_cidr_block: '0.0.0.0/0' }]);
    // Its metrics' dimension, its names and its tags are the caller's.
    expect(JSON.stringify(resource)).not.toContain('slipstream-dev');
  } finally {
    rmSync(outdir, { recursive: true });
  }
});
