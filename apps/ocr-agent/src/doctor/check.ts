import type { Finding, Report } from '@slipstream/shared';

/** What the doctor looked at, and how it found it: also what is well. */
export interface Check {
  readonly what: string;
  readonly verdict: 'ok' | 'warning' | 'failed';
  /** One sentence. */
  readonly found: string;
  /** The command or the step that mends it; null where nothing has to be mended. */
  readonly fix: string | null;
}

export function ok(what: string, found: string): Check {
  return { what, verdict: 'ok', found, fix: null };
}

export function warning(what: string, found: string, fix: string): Check {
  return { what, verdict: 'warning', found, fix };
}

export function failed(what: string, found: string, fix: string): Check {
  return { what, verdict: 'failed', found, fix };
}

/** Where the set-up of a machine stands. */
const GUIDE = 'docs/agent-on-a-mac.md';

/** What of it has to be done something about, as every checker of this project says it. */
export function reportOf(checks: readonly Check[]): Report {
  const findings = checks.flatMap(({ what, verdict, found, fix }): Finding[] =>
    verdict === 'ok'
      ? []
      : [
          {
            id: `machine-${what.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`,
            causes: [],
            severity: verdict === 'failed' ? 'error' : 'warning',
            certainty: 'measured',
            message: found,
            resources: [],
            functions: [],
            destination: null,
            evidence: [`${what}: ${verdict}`],
            fix: { change: fix ?? found },
            verify: 'receipt-ocr doctor',
            monthly_usd: null,
            page: GUIDE,
            hides: [],
          },
        ],
  );
  return { healthy: findings.length === 0, findings, not_checked: [] };
}
