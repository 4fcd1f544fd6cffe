import { destinationOf } from '../needs/need.ts';
import type { Path } from '../reach/path.ts';
import { PAGES } from './pages.ts';
import { makeFinding, type Rule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const initReadsNetworkRule: Rule = {
  id: 'init-reads-network',
  causes: [29],
  title: 'Initialisation waits for a service that cannot be reached',
  explanation:
    'Extensions and code outside the handler run in the init phase, which has 10 s. Reading Secrets Manager or SSM there without a way to it ends in an INIT time-out near 10 s, before the first line of the handler.',
  page: PAGES.lambdaRuntimes,
  check: (examination) => {
    const byFunction = new Map<string, Path[]>();
    for (const path of examination.paths)
      if (path.need.at_init && path.need.kind === 'aws' && path.verdict === 'broken')
        byFunction.set(path.function_id, [...(byFunction.get(path.function_id) ?? []), path]);
    return [...byFunction].flatMap(([id, broken]) => {
      const fn = examination.index.functions.get(id);
      const [first] = broken;
      if (!first || !fn) return [];
      const hosts = [...new Set(broken.map(({ need }) => destinationOf(need)))];
      return [
        makeFinding(examination, initReadsNetworkRule, {
          severity: 'error',
          certainty: 'inferred',
          message: `${fn.name} will time out while it initialises: ${first.need.source} reads ${hosts.join(' and ')}, which it cannot reach.`,
          resources: [fn.id],
          functions: [fn.name],
          destination: hosts.join(', '),
          evidence: [...new Set(broken.flatMap(({ breaks }) => breaks.flatMap(({ evidence }) => evidence)))].slice(
            0,
            4,
          ),
          fix: {
            command: 'Fix the way to the service first (see the finding about it).',
            change: 'Fix the way to the service first (see the finding about it).',
          },
          verify: verifyCommand(examination.snapshot, [fn]),
        }),
      ];
    });
  },
};
