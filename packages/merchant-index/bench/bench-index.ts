import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type BenchRow, isMet, printRows } from './bench-row.ts';
import { measureColdLookup, measureOnMount } from './cold-lookup.ts';
import { measureMergeCost } from './merge-cost.ts';

const HELP = `npm run bench:index -- [--short] [--only merge,lookup,mount] [--json] [--folder <dir>]

Merge cost and cold look-up of the merchant index at S3's distance. Ends with 1 when a bar is missed.
  --short    small tables, for a first look; the bars are those of the full sizes
  --folder   where tables are kept between runs (3 GB); default: the system's temporary folder`;

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
    only: { type: 'string', default: 'merge,lookup,mount' },
    folder: { type: 'string', default: join(tmpdir(), 'slipstream-bench-index') },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
await mkdir(values.folder, { recursive: true });
const parts = values.only.split(',');
const report: Record<string, BenchRow[]> = {};
if (parts.includes('merge')) {
  const sizes = values.short ? [5_000, 20_000] : [10_000, 100_000, 1_000_000];
  report['Merge cost follows the delta'] = await measureMergeCost(values.folder, {
    sizes,
    deltas: values.short ? 3 : 7,
  });
}
if (parts.includes('lookup')) {
  const sizes = values.short
    ? [{ rows: 5_000, at_most_s: 1 }]
    : [
        { rows: 30_000, at_most_s: 1 },
        { rows: 1_000_000, at_most_s: 2 },
      ];
  report['Cold look-up from S3'] = await measureColdLookup(values.folder, { sizes, runs: values.short ? 1 : 3 });
}
if (parts.includes('mount')) {
  const title = 'Cold look-up from a mount that takes 5 ms an operation';
  report[title] = await measureOnMount(values.folder, values.short ? 5_000 : 30_000);
}
if (values.json) console.log(JSON.stringify(report, null, 2));
else for (const [title, rows] of Object.entries(report)) printRows(title, rows);
process.exitCode = Object.values(report).flat().every(isMet) ? 0 : 1;
