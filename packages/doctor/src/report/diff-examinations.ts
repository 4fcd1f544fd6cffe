import { diagnose } from '../examine.ts';
import { compareFindings, type Finding } from '../findings/finding.ts';
import type { Examination } from '../rules/rule.ts';
import { pathRows } from './print-paths.ts';

/** What changes between two states of a stack; what changes reach stands first. */
export interface Difference {
  readonly reach: readonly {
    readonly function: string;
    readonly destination: string;
    readonly before: string;
    readonly after: string;
    readonly why: string | null;
  }[];
  readonly appeared: readonly Finding[];
  readonly gone: readonly Finding[];
  /** Parts that were added, taken away or changed, by kind. */
  readonly parts: readonly {
    readonly kind: string;
    readonly id: string;
    readonly change: 'added' | 'removed' | 'changed';
  }[];
}

export function diffExaminations(before: Examination, after: Examination): Difference {
  const [a, b] = [pathRows(before), pathRows(after)];
  const keyOf = (row: { function: string; destination: string }) => `${row.function} ${row.destination}`;
  const old = new Map(a.map((row) => [keyOf(row), row]));
  const now = new Map(b.map((row) => [keyOf(row), row]));
  const reach = [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const [was, is] = [old.get(key), now.get(key)];
    const [x, y] = [
      was ? `${was.status} by ${was.way}` : 'not needed',
      is ? `${is.status} by ${is.way}` : 'not needed',
    ];
    const row = is ?? was;
    return x === y || !row
      ? []
      : [{ function: row.function, destination: row.destination, before: x, after: y, why: is?.why ?? null }];
  });
  const [x, y] = [diagnose(before).findings, diagnose(after).findings];
  const same = (one: Finding, other: Finding) => one.id === other.id && one.resources[0] === other.resources[0];
  const rank = (text: string) => (text.startsWith('broken') ? 0 : text.startsWith('some') ? 1 : 2);
  return {
    reach: reach.toSorted((one, other) => rank(one.after) - rank(other.after)),
    appeared: y.filter((one) => !x.some((other) => same(one, other))).toSorted(compareFindings),
    gone: x.filter((one) => !y.some((other) => same(one, other))),
    parts: partsChanged(before, after),
  };
}

const KINDS = [
  'vpcs',
  'subnets',
  'route_tables',
  'internet_gateways',
  'nat_gateways',
  'network_interfaces',
  'instances',
  'security_groups',
  'network_acls',
  'endpoints',
  'peerings',
  'functions',
  'roles',
  'mappings',
  'queues',
  'buckets',
  'databases',
  'mount_targets',
  'private_zones',
] as const;

function partsChanged({ snapshot: before }: Examination, { snapshot: after }: Examination): Difference['parts'] {
  return KINDS.flatMap((kind) => {
    const [old, now] = [before[kind], after[kind]].map(
      (list) => new Map(list.map((each) => [each.id, JSON.stringify(each)])),
    );
    const ids = new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])]);
    return [...ids].flatMap((id) => {
      const [was, is] = [old?.get(id), now?.get(id)];
      if (was === is) return [];
      return [
        {
          kind,
          id,
          change:
            was === undefined ? ('added' as const) : is === undefined ? ('removed' as const) : ('changed' as const),
        },
      ];
    });
  });
}

export function printDifference({ reach, appeared, gone, parts }: Difference): string {
  const lines = [
    ...reach.map(
      (row) =>
        `${row.after.startsWith('ok') ? '+' : '!'} ${row.function} → ${row.destination}: ${row.before} → ${row.after}${row.why ? ` (${row.why})` : ''}`,
    ),
    ...appeared.map(({ severity, id, message }) => `! ${severity} ${id}: ${message}`),
    ...gone.map(({ severity, id, message }) => `+ gone: ${severity} ${id}: ${message}`),
    ...parts.map(({ kind, id, change }) => `  ${change} ${kind.replace(/s$/, '')} ${id}`),
  ];
  return lines.length === 0 ? 'No difference that the doctor looks at.\n' : `${lines.join('\n')}\n`;
}
