import { destinationOf } from '../needs/need.ts';
import type { Path } from '../reach/path.ts';
import type { Examination } from '../rules/rule.ts';
import { endpointMonth, natMonth } from '../rules/sentences.ts';
import { columns, printable, WIDTH, wrapped } from '../text/wrap.ts';

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

/** A table where it fits into 80 columns; else a few lines for each destination, by function. */
export function printPaths(rows: readonly PathRow[]): string {
  const table = columns([
    ['function', 'destination', 'way', 'through', '$ a month', 'status', 'why'],
    ...rows.map((row) => [
      row.function,
      row.destination,
      row.way,
      row.through ?? '',
      dollars(row),
      row.status,
      row.why ?? '',
    ]),
  ]);
  if (table.split('\n').every((line) => line.length <= WIDTH)) return `${table}\n`;
  const blocks = [...Map.groupBy(rows, (row) => row.function)].map(([name, own]) =>
    [
      printable(name),
      columns([
        ['  status', '$ a month', 'destination'],
        ...own.map((row) => [`  ${row.status}`, dollars(row).padStart(9), row.destination]),
      ])
        .split('\n')
        .flatMap((line, at) => {
          const row = own[at - 1];
          const way = row ? [row.way, row.through].filter(Boolean).join(' ') : '';
          return [line, ...(row ? [wrapped(way, INDENT)] : []), ...(row?.why ? [wrapped(row.why, INDENT)] : [])];
        })
        .join('\n'),
    ].join('\n'),
  );
  return `${blocks.join('\n\n')}\n`;
}

/** Behind status and money. */
const INDENT = 8;

function dollars({ monthly_usd }: PathRow): string {
  return monthly_usd === null ? '' : monthly_usd.toFixed(2);
}
