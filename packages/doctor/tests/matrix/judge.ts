import type { Report } from '../../src/findings/finding.ts';
import type { Fault } from './fault.ts';

function names({ cause, rule }: Fault, finding: Report['findings'][number] | undefined): boolean {
  return finding !== undefined && (cause === null ? finding.id === rule : finding.causes.includes(cause));
}

export function isFound(fault: Fault, report: Report): boolean {
  return report.findings.some((finding) => names(fault, finding));
}

/** First among those of the worst severity that has to do with hanging, where the fault has a cause. */
export function isFirst(fault: Fault, report: Report): boolean {
  return names(fault, report.findings[0]);
}

export function brief(report: Report): string {
  return report.findings
    .map(({ id, severity, causes, resources }) => `${severity} ${id}[${causes}] ${resources[0]}`)
    .join('; ');
}
