import pc from 'picocolors';
import type { Finding, Report, Severity } from '../findings/finding.ts';
import { printable, wrapped } from '../text/wrap.ts';

export interface PrintOptions {
  readonly colour: boolean;
  /** Print advice, too, where nothing is wrong. */
  readonly advice: boolean;
  /** What was examined, in a few words. */
  readonly subject: string;
}

/** The report for people. Healthy: one line. */
export function printReport(report: Report, options: PrintOptions): string {
  const { findings } = report;
  const c = pc.createColors(options.colour);
  const advice = findings.filter(({ severity }) => severity === 'advice');
  const shown = options.advice || !report.healthy ? findings : [];
  if (report.healthy && shown.length === 0) {
    const more =
      advice.length > 0 ? `; ${advice.length} ${advice.length === 1 ? 'piece' : 'pieces'} of advice (--advice)` : '';
    const open =
      report.not_checked.length > 0 ? `; ${report.not_checked.length} things were not checked (--advice)` : '';
    return `${c.green('healthy')}  ${options.subject}${more}${open}\n`;
  }
  const colours: Readonly<Record<Severity, (text: string) => string>> = {
    error: c.red,
    warning: c.yellow,
    advice: c.cyan,
  };
  const blocks = shown.map((finding) => printFinding(finding, colours[finding.severity], c));
  const counts = (['error', 'warning', 'advice'] as const).map(
    (severity) => [severity, findings.filter((each) => each.severity === severity).length] as const,
  );
  const summary = counts
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}${count > 1 && severity !== 'advice' ? 's' : ''}`)
    .join(', ');
  const open =
    report.not_checked.length === 0
      ? ''
      : `\n${c.bold('Not checked')}\n${report.not_checked
          .slice(0, 12)
          .map((each) => indent(each, 2))
          .join('\n')}${report.not_checked.length > 12 ? `\n  and ${report.not_checked.length - 12} more` : ''}\n`;
  return `${blocks.join('\n')}${open}\n${options.subject}: ${summary || 'no findings'}\n`;
}

function printFinding(
  finding: Finding,
  colour: (text: string) => string,
  c: ReturnType<typeof pc.createColors>,
): string {
  const causes = finding.causes.length > 0 ? ` (cause ${finding.causes.join(', ')})` : '';
  const money =
    finding.monthly_usd === null || finding.monthly_usd === 0
      ? []
      : [`${finding.monthly_usd < 0 ? 'saves' : 'costs'} $${Math.abs(finding.monthly_usd).toFixed(2)} a month`];
  const rows: (readonly [string, string])[] = [
    ...finding.evidence.map((each, at) => [at === 0 ? 'evidence' : '', each] as const),
    ['fix', 'command' in finding.fix ? finding.fix.command : finding.fix.change],
    ['verify', finding.verify],
    ...money.map((each) => ['money', each] as const),
    ...finding.hides.map((each, at) => [at === 0 ? 'explains' : '', each] as const),
    ['page', finding.page],
  ];
  const head = `${colour(finding.severity.padEnd(7))}  ${c.bold(finding.id)}${causes}, ${finding.certainty}`;
  return [
    head,
    indent(finding.message, 9),
    ...rows.map(([name, text]) => `         ${c.dim(name.padEnd(9))} ${indent(text, 19).trimStart()}`),
    '',
  ].join('\n');
}

/** Commands are long and stay copyable: they are wrapped nowhere. */
function indent(text: string, blanks: number): string {
  return /^(aws|slipstream|npm) /.test(text) ? `${' '.repeat(blanks)}${printable(text)}` : wrapped(text, blanks);
}
