import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '@slipstream/testing';
import { afterAll, expect, test } from 'vitest';
import { snapshotOfStack } from '../../src/collect/synth/collect-synth.ts';
import { diagnose, examine } from '../../src/examine.ts';
import { asHcl } from './as-hcl.ts';
import { asPlan } from './as-plan.ts';
import { foreignShape, foreignStack } from './foreign-stack.ts';
import { planReady } from './plan-ready.ts';

/** Terraform with its AWS provider in a file-system mirror: nothing is downloaded for a test. */
function hasTerraform(): boolean {
  const file = process.env.TF_CLI_CONFIG_FILE;
  if (!file || !existsSync(file)) return false;
  const mirror = /filesystem_mirror\s*\{[^}]*?path\s*=\s*"([^"]+)"/.exec(readFileSync(file, 'utf8'))?.[1];
  return (
    mirror !== undefined &&
    existsSync(join(mirror, 'registry.terraform.io/hashicorp/aws')) &&
    spawnSync('terraform', ['version']).status === 0
  );
}

const folder = mkdtempSync(join(tmpdir(), 'doctor-plan-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const isReady = hasTerraform();
if (!isReady) process.stderr.write('NOT TESTED: plans of Terraform itself want its AWS provider in a mirror.\n');

function terraform(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('terraform', args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr.slice(0, 2_000));
  return stdout;
}

test.skipIf(!isReady)('a plan that Terraform makes gives the findings of the plan that the matrix makes', () => {
  const config = planReady(foreignStack({ ...foreignShape(new Random(5)), nat: 'interface', routes: 'separate' }));
  for (const [name] of config.all('aws_route').filter(([each]) => each.startsWith('work')))
    config.remove('aws_route', name);
  writeFileSync(join(folder, 'main.tf'), asHcl(config, 'eu-west-1'));
  writeFileSync(join(folder, 'x.zip'), 'PK');
  terraform('init', '-input=false', '-no-color');
  terraform('plan', '-input=false', '-no-color', '-refresh=false', '-out', 'plan.bin');
  const real = diagnose(examine(snapshotOfStack(terraform('show', '-json', 'plan.bin'), 'plan')));
  const made = diagnose(examine(snapshotOfStack(asPlan(config, 'eu-west-1'), 'plan')));
  const brief = (report: typeof real) => report.findings.map(({ id, severity, causes }) => ({ id, severity, causes }));
  expect(brief(real)).toEqual(brief(made));
  expect(real.findings[0]?.causes).toContain(1);
});
