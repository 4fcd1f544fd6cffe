import { readFileSync } from 'node:fs';
import { cycles, type Import, imports, packageFolders, packageOf } from './import-graph.ts';

/**
 * The direction of imports: which package may import which of ours, no import past a package's entries, and no cycle,
 * neither between packages (tests and package.json included) nor between the folders of a package's `src`. Ends with 1 and a line for
 * each import that breaks a rule.
 */

const STORES = ['store-embedded', 'store-aws'];
/** What the sources of a package may import of ours; `packages`: all of them, but no program. */
const MAY_IMPORT: Readonly<Record<string, readonly string[] | 'all' | 'packages'>> = {
  shared: [],
  runtime: ['shared'],
  records: ['shared', 'runtime'],
  'store-embedded': ['shared', 'runtime'],
  'store-aws': ['shared', 'runtime'],
  'receipt-parser': ['shared'],
  'merchant-index': ['shared', 'runtime', 'records'],
  catalogue: ['shared', 'runtime'],
  pipeline: ['shared', 'runtime', 'records', 'receipt-parser', 'merchant-index', 'catalogue'],
  'api-contract': ['shared'],
  api: ['shared', 'runtime', 'records', 'pipeline', 'catalogue', 'api-contract'],
  doctor: ['shared', 'runtime', 'terminal'],
  terminal: ['shared', 'runtime'],
  service: ['shared', 'runtime'],
  'queue-worker': ['shared', 'runtime'],
  ocr: ['shared', 'runtime', 'records', 'queue-worker', 'receipt-parser', 'node-mac-vision', 'ocr-models'],
  'ocr-models': [],
  'node-mac-vision': [],
  'infra-terraform-cdktf': ['shared'],
  'ocr-agent': [
    'shared',
    'runtime',
    'records',
    ...STORES,
    'terminal',
    'service',
    'queue-worker',
    'ocr',
    'node-mac-vision',
  ],
  lambdas: [
    'shared',
    'runtime',
    'records',
    'store-aws',
    'merchant-index',
    'catalogue',
    'pipeline',
    'api',
    'api-contract',
    'doctor',
  ],
  cli: 'packages',
  console: ['shared', 'api-contract'],
  testing: ['shared'],
  system: 'all',
};

/** Still to be opened; nothing is added here. */
const PENDING_CYCLES: readonly string[] = [];

const packages = packageFolders();
const all = imports(packages);
const short = (name: string) => name.replace('@slipstream/', '');
const faults = [
  ...wrongDirections(all),
  ...pastAnEntry(all),
  ...packageCycles(all),
  ...declarations(all),
  ...folderCycles(all),
];

for (const fault of faults) process.stderr.write(`${fault}\n`);
if (faults.length > 0) process.exitCode = 1;
else process.stdout.write(`Checked ${all.length} imports of ${packages.length} packages.\n`);

function wrongDirections(found: readonly Import[]): string[] {
  return found.flatMap(({ from, specifier, to }) => {
    const importer = packageOf(packages, from);
    const imported = to && packageOf(packages, to);
    if (!importer || !imported || importer === imported) return [];
    const [name, target] = [short(importer.name), short(imported.name)];
    const allowed = MAY_IMPORT[name];
    if (allowed === undefined) return [`${name}: a package without a row in scripts/check-structure.ts`];
    const isSource = from.startsWith(`${importer.folder}/src/`);
    // Tests, benchmarks and simulations stand above the sources: the cycle check bounds them.
    if (!isSource || allowed === 'all') return [];
    if (allowed === 'packages' ? imported.folder.startsWith('packages/') : allowed.includes(target)) return [];
    const rule = typeof allowed === 'string' ? allowed : allowed.join(', ') || 'nothing';
    return [`${from}: ${name} may not import ${specifier}; of ours it may import ${rule}.`];
  });
}

function pastAnEntry(found: readonly Import[]): string[] {
  return found.flatMap(({ from, specifier, to }) => {
    const importer = packageOf(packages, from);
    const isOurs = packages.find(({ name }) => specifier === name || specifier.startsWith(`${name}/`));
    if (isOurs && to === null) return [`${from}: ${specifier} is no entry of ${isOurs.name}.`];
    if (isOurs && isOurs === importer && from.startsWith(`${importer.folder}/src/`))
      return [`${from}: ${specifier} is its own package; import the file.`];
    if (!specifier.startsWith('.') || !to || !importer || packageOf(packages, to) === importer) return [];
    return [`${from}: ${specifier} leaves the package; import the other one by its name.`];
  });
}

function packageCycles(found: readonly Import[]): string[] {
  const edges = new Map<string, Set<string>>();
  for (const { from, to } of found) {
    const [importer, imported] = [packageOf(packages, from), to && packageOf(packages, to)];
    if (!importer || !imported || importer === imported) continue;
    edges.set(importer.name, (edges.get(importer.name) ?? new Set()).add(imported.name));
  }
  return cycles(edges).map((group) => `Packages import each other: ${group.join(', ')}`);
}

/** What package.json declares of ours is what is imported, and has no cycle: turbo does not warn of one through devDependencies. */
function declarations(found: readonly Import[]): string[] {
  const ours = new Set(packages.map(({ name }) => name));
  const declared = new Map<string, ReadonlySet<string>>();
  const faults = packages.flatMap(({ name, folder }) => {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    const names = [...Object.keys(dependencies), ...Object.keys(devDependencies)].filter((each) => ours.has(each));
    declared.set(name, new Set(names));
    const imported = new Set(
      found.flatMap(({ from, to }) => {
        const target = to && packageOf(packages, to);
        return target && target.name !== name && packageOf(packages, from)?.name === name ? [target.name] : [];
      }),
    );
    return [
      ...[...imported].filter((each) => !names.includes(each)).map((each) => `${folder}: ${each} is not declared.`),
      ...names.filter((each) => !imported.has(each)).map((each) => `${folder}: ${each} is declared and not imported.`),
    ];
  });
  return [...faults, ...cycles(declared).map((group) => `package.json: a cycle of ${group.join(', ')}`)];
}

function folderCycles(found: readonly Import[]): string[] {
  return packages.flatMap(({ name, folder }) => {
    if (PENDING_CYCLES.includes(short(name))) return [];
    const prefix = `${folder}/src/`;
    const room = (file: string) => file.slice(prefix.length).split('/')[0] ?? '';
    const edges = new Map<string, Set<string>>();
    for (const { from, to } of found) {
      if (!from.startsWith(prefix) || !to?.startsWith(prefix) || room(from) === room(to)) continue;
      edges.set(room(from), (edges.get(room(from)) ?? new Set()).add(room(to)));
    }
    return cycles(edges).map((group) => `${short(name)}: folders import each other: ${group.join(', ')}`);
  });
}
