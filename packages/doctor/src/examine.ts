import { compareFindings, type Report } from './findings/finding.ts';
import { hideConsequences } from './findings/hide-consequences.ts';
import { joinLogs } from './findings/join-logs.ts';
import { needGraph } from './needs/need-graph.ts';
import { reachGraph } from './reach/reach-graph.ts';
import { SnapshotIndex } from './reach/snapshot-index.ts';
import { RULES } from './rules/all-rules.ts';
import type { Examination } from './rules/rule.ts';
import type { Snapshot } from './snapshot/snapshot.ts';

/** Need graph and reach graph of a snapshot. */
export function examine(snapshot: Snapshot): Examination {
  const needs = needGraph(snapshot);
  const index = new SnapshotIndex(snapshot);
  return { snapshot, index, needs, paths: reachGraph(index, needs) };
}

/** All rules over an examination: root causes first, with what they explain hidden behind them. */
export function diagnose(examination: Examination): Report {
  const { snapshot, paths } = examination;
  const found = [...RULES.flatMap((rule) => rule.check(examination)), ...snapshot.measured];
  const joined = joinLogs(
    found,
    snapshot.logs.flatMap(({ findings }) => findings),
  );
  const findings = hideConsequences(joined).toSorted(compareFindings);
  const doubts = new Set([...snapshot.not_checked, ...paths.flatMap(({ unknown }) => unknown)]);
  const unread = snapshot.roles.filter(
    ({ complete, id }) => !complete && snapshot.functions.some(({ role_id }) => role_id === id),
  );
  for (const { name } of unread)
    doubts.add(`A policy of the role ${name} is not known before it is applied: what it allows was not examined.`);
  return {
    healthy: findings.every(({ severity }) => severity === 'advice'),
    findings,
    not_checked: [...doubts],
  };
}
