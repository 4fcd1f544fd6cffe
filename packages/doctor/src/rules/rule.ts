import type { Finding, Severity } from '../findings/finding.ts';
import type { Need } from '../needs/need.ts';
import { destinationOf } from '../needs/need.ts';
import type { Break, Path } from '../reach/path.ts';
import type { SnapshotIndex } from '../reach/snapshot-index.ts';
import type { LambdaFunction, Snapshot } from '../snapshot/snapshot.ts';

/** All that rules look at. They are pure: the same examination gives the same findings. */
export interface Examination {
  readonly snapshot: Snapshot;
  readonly index: SnapshotIndex;
  readonly needs: ReadonlyMap<string, readonly Need[]>;
  readonly paths: readonly Path[];
}

export interface Rule {
  readonly id: string;
  /** Numbers in the list of causes. */
  readonly causes: readonly number[];
  /** What is wrong, in a few words. */
  readonly title: string;
  /** Why it hangs, or costs, and what holds. */
  readonly explanation: string;
  /** The AWS page that it rests on. */
  readonly page: string;
  check(examination: Examination): Finding[];
}

export type FindingParts = Pick<Finding, 'message' | 'resources' | 'evidence' | 'verify'> & {
  readonly fix: { readonly command: string; readonly change: string };
  readonly severity: Severity;
} & Partial<Pick<Finding, 'functions' | 'destination' | 'certainty' | 'monthly_usd' | 'hides' | 'causes'>>;

/** Before a deployment a fix is a change of the configuration, afterwards a command. */
export function makeFinding(
  { snapshot }: Pick<Examination, 'snapshot'>,
  rule: Pick<Rule, 'id' | 'causes' | 'page'>,
  parts: FindingParts,
): Finding {
  return {
    id: rule.id,
    causes: [...(parts.causes ?? rule.causes)],
    severity: parts.severity,
    certainty: parts.certainty ?? 'proven',
    message: parts.message,
    resources: parts.resources.filter((each) => each !== ''),
    functions: parts.functions ?? [],
    destination: parts.destination ?? null,
    evidence: parts.evidence,
    fix: snapshot.source.kind === 'aws' ? { command: parts.fix.command } : { change: parts.fix.change },
    verify: parts.verify,
    monthly_usd: parts.monthly_usd ?? null,
    page: rule.page,
    hides: parts.hides ?? [],
  };
}

/** Everything that is broken at one place. */
export interface BreakGroup {
  readonly first: Break;
  readonly paths: readonly Path[];
  readonly functions: readonly LambdaFunction[];
  readonly destinations: readonly string[];
  readonly evidence: readonly string[];
  readonly resources: readonly string[];
  /** In words: `process-ocr-results and 2 more`. */
  readonly who: string;
  readonly where: string;
}

export type PathRuleParts = Pick<FindingParts, 'message' | 'fix' | 'verify'> & Partial<FindingParts>;

/** A rule whose breaks the reach graph finds; the rule says what they mean. */
export function pathRule(
  rule: Omit<Rule, 'check'>,
  describe: (group: BreakGroup, examination: Examination) => PathRuleParts,
): Rule {
  return {
    ...rule,
    check: (examination) =>
      groupsOf(rule.id, examination).map((group) => {
        const parts = describe(group, examination);
        const missing = isOnlySomeSubnets(group, examination) ? [36] : [];
        const own = parts.causes ?? rule.causes;
        return makeFinding(examination, rule, {
          severity: severityOf(group),
          certainty: certaintyOf(group),
          resources: [...group.resources],
          functions: group.functions.map(({ name }) => name),
          destination: group.destinations.join(', '),
          evidence: [...group.evidence],
          ...parts,
          causes: [
            ...new Set([
              ...(ROUTE_RULES.has(rule.id) ? missing : []),
              ...own,
              ...group.paths.flatMap(({ breaks }) =>
                breaks.filter((each) => each.rule === rule.id).flatMap(({ causes }) => causes ?? []),
              ),
            ]),
          ],
        });
      }),
  };
}

/** Those that can be true of one subnet and not of its sister. */
const ROUTE_RULES = new Set([
  'no-default-route',
  'gateway-endpoint-missing',
  'interface-endpoint-missing',
  'no-private-link',
  'blackhole-route',
  'public-subnet',
]);
const DESTINATIONS_SHOWN = 6;
const EVIDENCE_SHOWN = 6;

function groupsOf(id: string, { paths, index }: Examination): BreakGroup[] {
  const groups = new Map<string, { breaks: Break[]; paths: Path[] }>();
  for (const path of paths)
    for (const found of path.breaks) {
      if (found.rule !== id) continue;
      const key = found.resources[0] ?? '';
      const group = groups.get(key) ?? { breaks: [], paths: [] };
      group.breaks.push(found);
      group.paths.push(path);
      groups.set(key, group);
    }
  return [...groups.values()].flatMap(({ breaks, paths: hit }) => {
    const [first] = breaks;
    if (!first) return [];
    const functions = [...new Set(hit.map(({ function_id }) => function_id))].flatMap(
      (each) => index.functions.get(each) ?? [],
    );
    const destinations = [...new Set(hit.map(({ need }) => destinationOf(need)))];
    const shown = destinations.slice(0, DESTINATIONS_SHOWN);
    const evidence = [...new Set(breaks.flatMap((each) => each.evidence))];
    const sources = [
      ...new Set(
        hit.map(
          ({ need }) =>
            `${index.functions.get(need.function_id)?.name ?? need.function_id} needs ${destinationOf(need)} (${need.source})`,
        ),
      ),
    ];
    return [
      {
        first,
        paths: hit,
        functions,
        destinations: shown,
        evidence: [...evidence.slice(0, EVIDENCE_SHOWN), ...sources.slice(0, 3)],
        resources: [...new Set(breaks.flatMap((each) => each.resources))].slice(0, 8),
        who: nameSome(functions.map(({ name }) => name)),
        where: nameSome(destinations),
      },
    ];
  });
}

export function nameSome(names: readonly string[], shown = 2): string {
  const list = names.slice(0, shown).join(' and ');
  if (names.length === 0) return 'a function';
  return names.length > shown ? `${names.slice(0, shown).join(', ')} and ${names.length - shown} more` : list;
}

function severityOf({ paths, first }: BreakGroup): Severity {
  const hard = paths.some(
    ({ need, breaks }) =>
      need.required &&
      breaks.some((each) => each.rule === first.rule && each.soft !== true && each.resources[0] === first.resources[0]),
  );
  return hard ? 'error' : 'warning';
}

/** What is needed only under a condition, or what only a right hints at, is not proven to be needed. */
function certaintyOf({ paths }: BreakGroup): Finding['certainty'] {
  if (paths.every(({ need }) => !need.required)) return 'inferred';
  return paths.some(({ need }) => need.certainty === 'declared' || !need.source.startsWith('role '))
    ? 'proven'
    : 'inferred';
}

/** The same function reaches the same destination from another of its subnets: it fails now and then. */
function isOnlySomeSubnets({ paths, first }: BreakGroup, { paths: all }: Examination): boolean {
  return paths.some((path) =>
    siblingsOf(all, path).some(
      ({ breaks }) => !breaks.some(({ rule }) => rule === first.rule || ROUTE_RULES.has(rule)),
    ),
  );
}

const siblingCache = new WeakMap<readonly Path[], Map<string, Path[]>>();

/** The paths of the same function and need from its other subnets. */
function siblingsOf(all: readonly Path[], path: Path): readonly Path[] {
  let known = siblingCache.get(all);
  if (!known) {
    known = new Map();
    for (const each of all) {
      const key = keyOf(each);
      known.set(key, [...(known.get(key) ?? []), each]);
    }
    siblingCache.set(all, known);
  }
  return (known.get(keyOf(path)) ?? []).filter(({ subnet_id }) => subnet_id !== path.subnet_id);
}

function keyOf({ function_id, need }: Path): string {
  return `${function_id} ${destinationOf(need)}`;
}
