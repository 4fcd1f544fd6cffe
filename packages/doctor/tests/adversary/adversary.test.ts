import { Random } from '@slipstream/testing';
import { describe, expect, test } from 'vitest';
import { snapshotOfStack } from '../../src/collect/synth/collect-synth.ts';
import { diagnose, examine } from '../../src/examine.ts';
import type { Finding } from '../../src/findings/finding.ts';
import { asHclPlan } from './as-hcl-plan.ts';
import { ADVERSARY_FAULTS, type AdversaryFault } from './faults.ts';
import { adversaryStack } from './stack.ts';
import { randomStyle } from './style.ts';

const STYLES = Number(process.env.DOCTOR_STYLES ?? 6);
const FORMS = ['json', 'flat', 'module'] as const;
type Form = (typeof FORMS)[number];
const styles = Array.from({ length: STYLES }, (_, at) => ({ seed: at + 1, style: randomStyle(new Random(at + 1)) }));

function look(seed: number, fault: string, form: Form) {
  const text = adversaryStack(randomStyle(new Random(seed)), fault).text();
  return diagnose(examine(snapshotOfStack(form === 'json' ? text : asHclPlan(text, form), 'stack')));
}

function isOf({ cause }: AdversaryFault, finding: Finding | undefined): boolean {
  return finding !== undefined && (typeof cause === 'number' ? finding.causes.includes(cause) : finding.id === cause);
}

function isHidden(fault: AdversaryFault, form: Form): boolean {
  return (fault.hidden_in_plans === true && form !== 'json') || (fault.hidden_in_modules === true && form === 'module');
}

describe.each(FORMS)('stacks that somebody else wrote, as %s', (form) => {
  test('healthy ones have no error', () => {
    const wrong = styles.flatMap(({ seed }) =>
      ['', 'healthy-closed'].flatMap((kind) =>
        look(seed, kind, form)
          .findings.filter(({ severity }) => severity === 'error')
          .map(({ id, message }) => `style ${seed}${kind}: ${id} ${message}`),
      ),
    );
    expect(wrong).toEqual([]);
  });

  test.each(ADVERSARY_FAULTS.filter((fault) => !isHidden(fault, form)).map((fault) => [fault.name, fault] as const))(
    '%s is found, and first',
    (_, fault) => {
      for (const { seed, style } of styles) {
        if (fault.fits?.(style) === false) continue;
        const { findings } = look(seed, fault.name, form);
        const brief = findings.map(({ id, severity, causes }) => `${severity} ${id} [${causes}]`);
        expect(
          findings.some((each) => isOf(fault, each)),
          `style ${seed}: ${brief.join('; ')}`,
        ).toBe(true);
        expect(isOf(fault, findings[0]), `style ${seed}: ${brief.join('; ')}`).toBe(true);
      }
    },
  );
});
