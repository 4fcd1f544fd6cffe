import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { snapshotOfStack } from '../../src/collect/synth/collect-synth.ts';
import { diagnose, examine } from '../../src/examine.ts';

/**
 * What `terraform show -json` printed (Terraform 1.11, AWS provider 5.100) of three stacks and of each broken in one
 * way: `modules` goes through modules with locals, `dynamic` blocks and conditional counts; `for-each` makes everything
 * of maps; `two-vpcs` has a peering, a NAT instance of an Auto Scaling group and main-table associations.
 * The name says which cause has to be found: `for-each.nfs.32`.
 */
const FOLDER = new URL('plans/', import.meta.url);
const plans = readdirSync(FOLDER).map((file) => [file.replace('.json.gz', ''), file] as const);

test.each(plans)('%s', (name, file) => {
  const text = gunzipSync(readFileSync(new URL(file, FOLDER))).toString('utf8');
  const { findings } = diagnose(examine(snapshotOfStack(text, name)));
  const cause = name.split('.').at(-1);
  const brief = findings.map(({ id, severity, causes, message }) => `${severity} ${id} [${causes}] ${message}`);
  if (cause === 'healthy') expect(brief.filter((each) => each.startsWith('error'))).toEqual([]);
  else expect(findings[0]?.causes, brief.join('\n')).toContain(Number(cause));
});
