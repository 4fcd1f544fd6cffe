import { destinationOf } from '../needs/need.ts';
import type { Path } from '../reach/path.ts';
import type { Examination } from '../rules/rule.ts';
import { endpointMonth, natMonth } from '../rules/sentences.ts';

/** One row of `doctor paths`: as in a summary that a person would write. */
export interface PathRow {
  readonly function: string;
  readonly destination: string;
  readonly way: string;
  readonly through: string | null;
  /** Of the endpoint or NAT as a whole, whoever else uses it; null: nothing, or not known. */
  readonly monthly_usd: number | null;
  readonly status: 'ok' | 'broken' | 'some subnets' | 'unknown';
  readonly why: string | null;
}

export function pathRows(examination: Examination): PathRow[] {
  const groups = new Map<string, Path[]>();
  for (const path of examination.paths) {
    const key = `${path.function_id} ${destinationOf(path.need)}`;
    groups.set(key, [...(groups.get(key) ?? []), path]);
  }
  return [...groups.values()].flatMap((paths) => {
    const [first] = paths;
    if (!first) return [];
    const broken = paths.filter(({ verdict }) => verdict === 'broken');
    const [worst = first] = broken;
    const status =
      broken.length === paths.length
        ? 'broken'
        : broken.length > 0
          ? 'some subnets'
          : paths.some(({ verdict }) => verdict === 'unknown')
            ? 'unknown'
            : 'ok';
    return [
      {
        function: examination.index.functions.get(first.function_id)?.name ?? first.function_id,
        destination: destinationOf(first.need),
        way: worst.way,
        through: worst.way_id,
        monthly_usd: costOf(examination, worst),
        status,
        why: worst.breaks[0]
          ? `${worst.breaks[0].rule}: ${worst.breaks[0].evidence[0] ?? ''}`
          : (worst.unknown[0] ?? null),
      },
    ];
  });
}

function costOf({ snapshot }: Examination, { way, way_id }: Path): number | null {
  if (way === 'gateway endpoint') return 0;
  if (way === 'nat gateway') return natMonth(snapshot);
  const endpoint = way === 'interface endpoint' ? snapshot.endpoints.find(({ id }) => id === way_id) : undefined;
  return endpoint ? endpointMonth(snapshot, endpoint.subnet_ids?.length ?? 1) : null;
}

export function printPaths(rows: readonly PathRow[]): string {
  const table = [
    ['function', 'destination', 'way', 'through', '$ a month', 'status', 'why'],
    ...rows.map((row) => [
      row.function,
      row.destination,
      row.way,
      row.through ?? '',
      row.monthly_usd === null ? '' : row.monthly_usd.toFixed(2),
      row.status,
      row.why ?? '',
    ]),
  ];
  return `${printColumns(table)}\n`;
}

/** Columns as wide as their widest cell, two blanks between, nothing at the end. */
function printColumns(table: readonly (readonly string[])[]): string {
  const widths = (table[0] ?? []).map((_, at) => Math.max(...table.map((row) => row[at]?.length ?? 0)));
  return table
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
