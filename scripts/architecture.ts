import { readFileSync, writeFileSync } from 'node:fs';
import { imports, packageFolders, packageOf } from './import-graph.ts';

/** npm run architecture: draws the packages' imports into docs/architecture.md; with --check it only says whether they are. */
const PAGE = 'docs/architecture.md';
const [BEGIN, END] = ['<!-- imports -->', '<!-- /imports -->'];

const page = readFileSync(PAGE, 'utf8');
const before = page.indexOf(BEGIN);
const after = page.indexOf(END);
if (before === -1 || after === -1) throw new Error(`${PAGE} lacks the marks ${BEGIN} and ${END}.`);
const drawn = `${page.slice(0, before + BEGIN.length)}\n${diagram()}\n${page.slice(after)}`;

if (!process.argv.includes('--check')) writeFileSync(PAGE, drawn);
else if (drawn !== page) {
  process.stderr.write(`${PAGE} does not show the imports as they are; run: npm run architecture\n`);
  process.exitCode = 1;
}

/** Sources only: what tests and benchmarks import besides is left out. Imports that follow from others are, too. */
function diagram(): string {
  const packages = packageFolders();
  const edges = new Map<string, Set<string>>();
  for (const { from, to } of imports(packages)) {
    const [importer, imported] = [packageOf(packages, from), to && packageOf(packages, to)];
    if (!importer || !imported || importer === imported || !from.startsWith(`${importer.folder}/src/`)) continue;
    edges.set(importer.name, (edges.get(importer.name) ?? new Set()).add(imported.name));
  }
  const reaches = (from: string, to: string, without: string): boolean =>
    [...(edges.get(from) ?? [])].some(
      (next) => !(from === without && next === to) && (next === to || reaches(next, to, without)),
    );
  const short = (name: string) => name.replace('@slipstream/', '');
  const lines = [...edges].flatMap(([from, all]) =>
    [...all].filter((to) => !reaches(from, to, from)).map((to) => `  ${short(from)} --> ${short(to)}`),
  );
  return ['```mermaid', 'flowchart TB', ...lines.sort(), '```'].join('\n');
}
