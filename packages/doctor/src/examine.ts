import { compareFindings, type Finding, type Report } from './findings/finding.ts';
import { hideConsequences } from './findings/hide-consequences.ts';
import type { LogFacts } from './logs/log-facts.ts';
import { needGraph } from './needs/need-graph.ts';
import { reachGraph } from './reach/reach-graph.ts';
import { SnapshotIndex } from './reach/snapshot-index.ts';
import { RULES } from './rules/all-rules.ts';
import type { Examination } from './rules/rule.ts';
import type { Snapshot } from './snapshot/snapshot.ts';

/** Need graph and reach graph of a snapshot. */
export function examine(snapshot: Snapshot, logs: readonly LogFacts[] = []): Examination {
  const seen = new Map(
    logs.flatMap(({ function_name, hosts }) =>
      function_name ? [[function_name, hosts.map(({ host }) => host)] as const] : [],
    ),
  );
  const needs = needGraph(snapshot, seen);
  return { snapshot, index: new SnapshotIndex(snapshot), needs, paths: reachGraph(snapshot, needs), logs };
}

/** All rules over an examination: root causes first, with what they explain hidden behind them. */
export function diagnose(examination: Examination, measured: readonly Finding[] = []): Report {
  const found = [...RULES.flatMap((rule) => rule.check(examination)), ...measured];
  const findings = hideConsequences(found).toSorted(compareFindings);
  const doubts = new Set([...examination.snapshot.not_checked, ...examination.paths.flatMap(({ unknown }) => unknown)]);
  const unread = examination.snapshot.roles.filter(
    ({ complete, id }) => !complete && examination.snapshot.functions.some(({ role_id }) => role_id === id),
  );
  for (const { name } of unread)
    doubts.add(`A policy of the role ${name} is not known before it is applied: what it allows was not examined.`);
  return {
    healthy: findings.every(({ severity }) => severity === 'advice'),
    findings,
    not_checked: [...doubts],
  };
}
