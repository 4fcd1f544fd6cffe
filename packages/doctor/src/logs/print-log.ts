import { columns, WIDTH, wrapped } from '../text/wrap.ts';
import type { LogAnalysis } from './analyse-log.ts';

const ROWS_SHOWN = 40;

/** One row a request, then what they say together. */
export function printLog(analysis: LogAnalysis): string {
  const rows = analysis.rows.slice(0, ROWS_SHOWN);
  const origin = Math.min(...analysis.rows.flatMap(({ start_ms }) => start_ms ?? []));
  const table = columns([
    ['request', 'start', 'took', 'init', 'outcome', 'host or last line'],
    ...rows.map((row, at) => [
      String(at + 1),
      row.start_ms === null || !Number.isFinite(origin) ? '' : `+${seconds(row.start_ms - origin)}`,
      row.duration_ms === null ? '' : seconds(row.duration_ms),
      row.init_ms === null ? '' : seconds(row.init_ms),
      row.outcome,
      clean(row.host ?? row.last_line ?? ''),
    ]),
  ]);
  const hidden = analysis.rows.length + analysis.more_requests - rows.length;
  return [
    // A last line is cut, with all of it in --json.
    ...table.split('\n').map((line) => (line.length > WIDTH ? `${line.slice(0, WIDTH - 1)}…` : line)),
    ...(hidden > 0 ? [`and ${hidden} more`] : []),
    '',
    wrapped(`${analysis.verdict}: ${analysis.sentence}`, 0),
    ...analysis.hosts
      .slice(0, 5)
      .map(({ host, service, count }) => wrapped(`${count} failures name ${host}${service ? ` (${service})` : ''}`, 0)),
    ...analysis.traces
      .slice(0, 5)
      .map(({ exception, meaning, frame, count }) =>
        wrapped(`${count} × ${exception}: ${meaning}${frame ? `; own code: ${clean(frame)}` : ''}`, 0),
      ),
    ...analysis.findings.flatMap(({ severity, id, causes, message, fix }) => [
      `${severity}  ${id}${causes.length > 0 ? ` (cause ${causes.join(', ')})` : ''}`,
      wrapped(clean(message), 9),
      wrapped(`fix: ${'change' in fix ? fix.change : fix.command}`, 9),
    ]),
    '',
  ].join('\n');
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 0)} s`;
}

function clean(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a log must not steer the terminal
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}
