import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Random } from '@slipstream/testing';
import { expect, test } from 'vitest';
import { needsOfBundles } from '../src/bundles/bundle.ts';
import { environmentFaults } from '../src/environments/check-environment.ts';
import { environmentNotes } from '../src/environments/environment-notes.ts';
import { emptyBundles } from './support/empty-bundles.ts';
import { randomEnvironment } from './support/random-environment.ts';
import { paidForNothing, unreachable } from './support/reachability.ts';
import { Synthesised } from './support/synthesised.ts';

/** SLIPSTREAM_ENVIRONMENTS=400 SLIPSTREAM_SEED=7 npx vitest run tests/random-environments.test.ts: more of them, or others. */
const SEED = Number(process.env.SLIPSTREAM_SEED ?? 1);
const COUNT = Number(process.env.SLIPSTREAM_ENVIRONMENTS ?? 24);
const NEEDS = needsOfBundles(emptyBundles());

test(`what is accepted works, and is not paid for in vain (${COUNT} environments of seed ${SEED})`, {
  timeout: 60_000 + COUNT * 10_000,
}, async () => {
  const random = new Random(SEED);
  const refusals: string[] = [];
  let accepted = 0;
  for (let index = 0; index < COUNT; index += 1) {
    // Synthesising blocks; the runner has to hear from its worker now and then.
    await setImmediate();
    const environment = randomEnvironment(random);
    const which = `environment ${index} of seed ${SEED}: ${JSON.stringify({ ...environment, functions: environment.functions.vpc })}`;
    const faults = environmentFaults(environment, NEEDS);
    if (faults.length > 0) {
      expect(() => new Synthesised(environment), which).toThrow(faults[0]);
      refusals.push(...faults);
      continue;
    }
    accepted += 1;
    const stack = new Synthesised(environment);
    const notes = environmentNotes(environment, NEEDS).join('\n');
    for (const { function: name, what, secret } of unreachable(stack)) {
      // A key that is not there yet makes no call: it is said, and not refused.
      expect(secret, `${name} cannot reach ${what}; ${which}`).not.toBeNull();
      expect(notes, which).toContain(`${what.split(':')[0]} is unreachable for ${name}`);
    }
    expect(paidForNothing(stack), which).toEqual([]);
    rmSync(join(stack.folder, '../..'), { recursive: true });
  }
  // Both happen, or nothing was tried.
  expect(accepted).toBeGreaterThan(COUNT / 10);
  expect(refusals.length).toBeGreaterThan(COUNT / 10);
  const kinds = new Set(refusals.map((fault) => fault.replaceAll(/[\w-]+ runs|[^ ]*\d[^ ]*/g, '…')));
  console.info(`${accepted} of ${COUNT} accepted; refused for ${kinds.size} kinds of reasons.`);
});

test('an environment that a person would call plain is never refused', () => {
  const random = new Random(SEED + 1);
  for (let index = 0; index < 500; index += 1) {
    const made = randomEnvironment(random);
    const plain = {
      ...made,
      network:
        made.network.kind === 'new'
          ? {
              ...made.network,
              private_subnets: wide(made.network.private_subnets),
              public_subnets: [{ cidr: '10.0.0.0/24', zone_id: 'use1-az1' }],
            }
          : made.network,
      nat: made.network.kind === 'existing' ? { kind: 'none' as const } : { kind: 'gateway' as const },
      efs: made.efs && made.functions.vpc !== 'none',
      llm: null,
      deletion_protection: false,
      functions: {
        ...made.functions,
        sizes: { ...made.functions.sizes, 'submit-job': { ...made.functions.sizes['submit-job'], batch_size: 10 } },
      },
    };
    expect(environmentFaults(plain, NEEDS), JSON.stringify(plain)).toEqual([]);
  }
});

function wide(subnets: readonly { readonly zone_id: string }[]) {
  return subnets.map(({ zone_id }, index) => ({ zone_id, cidr: `10.0.${101 + index}.0/24` }));
}
