import { z } from 'zod';

/**
 * One thing that is wrong, or could be better: what the doctor, `slipstream verify` and the agent's check of its machine
 * say of it, in the same words. `--json` prints it as it is.
 */
export const findingSchema = z.object({
  /** The rule's id: `slipstream doctor explain ID`; of the other checkers the step or part that was checked. */
  id: z.string(),
  /** Numbers in the list of causes (README.md); empty: not a cause of hanging connections. */
  causes: z.array(z.int()),
  severity: z.enum(['error', 'warning', 'advice']),
  /** proven: by configuration; measured: by a log, a metric or a probe; inferred: it is the likeliest explanation. */
  certainty: z.enum(['proven', 'measured', 'inferred']),
  message: z.string(),
  /** ARNs or ids, or Terraform addresses; the first is the one to fix. */
  resources: z.array(z.string()),
  functions: z.array(z.string()),
  /** `host:port`, several with commas between; null: none in particular. */
  destination: z.string().nullable(),
  evidence: z.array(z.string()),
  fix: z.union([z.object({ command: z.string() }), z.object({ change: z.string() })]),
  /** The command that shows whether it is fixed. */
  verify: z.string(),
  /** What the fix costs a month; less than 0: it saves; null: nothing, or not known. */
  monthly_usd: z.number().nullable(),
  page: z.string(),
  /** Consequences that it explains. */
  hides: z.array(z.string()),
});
export type Finding = z.infer<typeof findingSchema>;
export type Severity = Finding['severity'];

export const reportSchema = z.object({
  /** No finding of severity error or warning. */
  healthy: z.boolean(),
  findings: z.array(findingSchema),
  /** What could not be looked at, one sentence each. */
  not_checked: z.array(z.string()),
});
export type Report = z.infer<typeof reportSchema>;

const ORDER: Readonly<Record<Severity, number>> = { error: 0, warning: 1, advice: 2 };
const SURENESS: Readonly<Record<Finding['certainty'], number>> = { proven: 0, measured: 0, inferred: 1 };

/** Worst first; among equals what explains more. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    ORDER[a.severity] - ORDER[b.severity] ||
    SURENESS[a.certainty] - SURENESS[b.certainty] ||
    // What makes calls hang stands before what is merely wrong.
    Math.min(1, b.causes.length) - Math.min(1, a.causes.length) ||
    b.functions.length - a.functions.length ||
    b.evidence.length - a.evidence.length
  );
}
