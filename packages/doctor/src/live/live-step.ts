import { type Finding, type Report, SlipstreamError } from '@slipstream/shared';

/** One step of the live checks: what `slipstream verify` takes in turn, and `slipstream doctor --flow` beside the network. */
export interface StepResult {
  readonly step: string;
  readonly ok: boolean;
  /** What was seen, or what went wrong. */
  readonly detail: string;
  /** What to do about a failure; null for a step that passed. */
  readonly remedy: string | null;
  readonly duration_ms: number;
}

/** Takes one step: what it resolves with is the row's detail, what it throws makes a failed row. */
export async function takeStep(step: string, remedy: string, work: () => Promise<string>): Promise<StepResult> {
  const startedAt = performance.now();
  const row = (ok: boolean, detail: string): StepResult => ({
    step,
    ok,
    detail,
    remedy: ok ? null : remedy,
    duration_ms: Math.round(performance.now() - startedAt),
  });
  try {
    return row(true, await work());
  } catch (thrown) {
    const { code, message } = SlipstreamError.from(thrown);
    return row(false, `${message} (${code})`);
  }
}

/** What to do about each step that fails. */
const PAGE = 'RUNBOOK.md';

export function reportOf(steps: readonly StepResult[], verify: string): Report {
  const findings = findingsOfSteps(steps, verify);
  return { healthy: findings.length === 0, findings, not_checked: [] };
}

/** What failed, as the doctor says it: measured, with its fix and the command that shows whether it is fixed. */
export function findingsOfSteps(steps: readonly StepResult[], verify: string): Finding[] {
  return steps.flatMap(({ step, ok, detail, remedy }): Finding[] =>
    ok
      ? []
      : [
          {
            id: `verify-${step.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`,
            causes: [],
            severity: 'error',
            certainty: 'measured',
            message: `${step}: ${detail}`,
            resources: [],
            functions: [],
            destination: null,
            evidence: [detail],
            fix: { change: remedy ?? detail },
            verify,
            monthly_usd: null,
            page: PAGE,
            hides: [],
          },
        ],
  );
}

export interface LiveChoice {
  /** The environment: `dev` of slipstream-dev. */
  readonly stack: string;
  readonly profile: string | null;
}

/** The steps of a deployed stack, each as soon as it is over; what they made is removed whatever happened. */
export type LiveChecks = (choice: LiveChoice) => AsyncIterable<StepResult>;
