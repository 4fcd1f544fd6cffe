import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readmeStack } from './support/readme-stack.ts';

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
  const folder = readmeStack();
  try {
    const { resource } = JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8'));
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
    rmSync(join(folder, '../..'), { recursive: true });
  }
});
