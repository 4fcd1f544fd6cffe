import type { LogFacts } from '../snapshot/snapshot.ts';
import { analyse } from './analyse-log.ts';
import type { LogReading } from './requests.ts';

const ROWS_MAX = 500;

/** A log in short, to be kept in a snapshot: no line of it, but its findings' evidence. */
export function logFacts(reading: LogReading, source: string, functionName: string | null): LogFacts {
  const { requests, failed, verdict, hosts, findings, rows } = analyse(reading, [source]);
  const first = rows.reduce((least, { start_ms }) => Math.min(least, start_ms ?? least), Number.POSITIVE_INFINITY);
  return {
    source,
    function: functionName,
    requests,
    failed,
    verdict,
    hosts: [...hosts],
    findings: findings.map((finding) => ({ ...finding, functions: functionName === null ? [] : [functionName] })),
    rows: rows
      .slice(0, ROWS_MAX)
      .flatMap(({ start_ms, duration_ms, outcome }) =>
        start_ms === null ? [] : [{ start_ms: start_ms - first, duration_ms: duration_ms ?? 0, outcome }],
      ),
  };
}
