import type { LambdaFunction } from '../snapshot/snapshot.ts';
import { PAGES } from './pages.ts';
import { makeFinding, nameSome, type Rule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

/** Lambda gives CPU with memory: 128 MB are about a twelfth of a core. */
const SMALL_MB = 128;
/** Where seconds of a handshake are a part of the limit that counts. */
const TIGHT_S = 60;

export const smallMemoryRule: Rule = {
  id: 'small-memory',
  causes: [30],
  title: 'So little memory that TLS takes seconds',
  explanation:
    'CPU comes with memory (1,769 MB are one core). At 128 MB loading an SDK and one TLS handshake can take seconds, which looks like a slow network, most of all with a short time-out.',
  page: PAGES.lambdaMemory,
  check: (examination) => {
    const small = examination.snapshot.functions.filter((fn) => {
      const calls = (examination.needs.get(fn.id) ?? []).some(({ kind }) => kind === 'aws' || kind === 'host');
      return fn.memory_mb !== null && fn.memory_mb <= SMALL_MB && calls;
    });
    const isTight = (fn: LambdaFunction) => fn.vpc !== null && fn.timeout_s !== null && fn.timeout_s <= TIGHT_S;
    return [small.filter(isTight), small.filter((fn) => !isTight(fn))].flatMap((fns, at) => {
      if (fns.length === 0) return [];
      const names = fns.map(({ name }) => name);
      return [
        makeFinding(examination, smallMemoryRule, {
          severity: at === 0 ? 'warning' : 'advice',
          certainty: 'inferred',
          message: `${nameSome(names)} ${names.length > 1 ? 'have' : 'has'} ${SMALL_MB} MB, a fraction of a core: TLS may take seconds${at === 0 ? ` of ${fns[0]?.timeout_s}` : ''}.`,
          resources: fns.map(({ id }) => id),
          functions: names,
          evidence: fns.slice(0, 3).map(({ name, memory_mb, timeout_s }) => `${name}: ${memory_mb} MB, ${timeout_s} s`),
          fix: {
            command: `aws lambda update-function-configuration --function-name ${names[0]} --memory-size 512`,
            change: `Set memory_size of ${nameSome(fns.map(({ id }) => id))} to 512: a call that takes a quarter of the time costs the same.`,
          },
          verify: verifyCommand(examination.snapshot, fns),
        }),
      ];
    });
  },
};
