import { Random } from '@slipstream/testing';
import { snapshotOfStack } from '../../src/collect/synth/collect-synth.ts';
import { diagnose, examine } from '../../src/examine.ts';
import type { Report } from '../../src/findings/finding.ts';
import { asPlan, type PlanForm } from './as-plan.ts';
import type { Base } from './bases.ts';
import type { Config } from './config.ts';
import { FAULTS, type Fault } from './faults.ts';
import { brief, isFirst, isFound } from './judge.ts';
import { excludesOther } from './pairs.ts';

/** `json`: a cdk.tf.json; the others: what terraform show -json prints of a plan of HCL. */
export type Form = 'json' | PlanForm;
const REGION = 'eu-west-1';

export function look(config: Config, { needs }: Pick<Base, 'needs'>, form: Form): Report {
  const text = form === 'json' ? config.text() : asPlan(config, REGION, form);
  const snapshot = snapshotOfStack(text, 'stack');
  snapshot.declared_needs.push(...needs);
  return diagnose(examine(snapshot));
}

/** Healthy stacks with a finding of severity error, one sentence each. */
export function wrongErrors(bases: readonly Base[], form: Form): string[] {
  return bases.flatMap((base) => {
    const errors = look(base.config, base, form).findings.filter(({ severity }) => severity === 'error');
    return errors.length > 0 ? [`${base.name}: ${errors.map(({ id, message }) => `${id} ${message}`).join('; ')}`] : [];
  });
}

export interface FaultTally {
  readonly fault: Fault;
  readonly runs: number;
  readonly found: number;
  readonly first: number;
  readonly missed: readonly string[];
}

/** One fault on every base that it can break. */
export function breakSingly(fault: Fault, bases: readonly Base[], form: Form, seed: number): FaultTally {
  const missed: string[] = [];
  let [runs, found, first] = [0, 0, 0];
  for (const [at, base] of bases.entries()) {
    const config = base.config.copy();
    if (!fault.apply(config, new Random(seed + at))) continue;
    const report = look(config, base, form);
    runs += 1;
    if (isFound(fault, report)) found += 1;
    else missed.push(`${base.name}: ${brief(report)}`);
    if (isFirst(fault, report)) first += 1;
  }
  return { fault, runs, found, first, missed };
}

/** Two faults at once: how many pairs, and those of which one was not found. */
export function breakInPairs(
  bases: readonly Base[],
  form: Form,
  count: number,
  seed: number,
): { readonly pairs: number; readonly missed: readonly string[] } {
  const faults = FAULTS.filter(
    ({ hidden_in_plans, hidden_in_flat_plans }) =>
      form === 'json' || (hidden_in_plans !== true && (form === 'blocks' || hidden_in_flat_plans !== true)),
  );
  const random = new Random(seed);
  const missed: string[] = [];
  let pairs = 0;
  for (let tries = 0; pairs < count && tries < count * 40; tries += 1) {
    const [one, other] = [random.pick(faults), random.pick(faults)];
    if (one === other || excludesOther(one, other)) continue;
    const base = random.pick(bases);
    const config = base.config.copy();
    const chance = new Random(seed + tries);
    if (!one.apply(config, chance) || !other.apply(config, chance)) continue;
    pairs += 1;
    const report = look(config, base, form);
    const open = [one, other].filter((fault) => !isFound(fault, report));
    if (open.length > 0)
      missed.push(
        `${one.name} + ${other.name}, not found: ${open.map(({ name }) => name).join(', ')} | ${base.name} | ${brief(report)}`,
      );
  }
  return { pairs, missed };
}
