import { PAGES } from './pages.ts';
import { makeFinding, type Rule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

/** Lambda gives CPU with memory: 128 MB are about a twelfth of a core. */
const SMALL_MB = 128;

export const smallMemoryRule: Rule = {
  id: 'small-memory',
  causes: [30],
  title: 'So little memory that TLS takes seconds',
  explanation:
    'CPU comes with memory (1,769 MB are one core). At 128 MB loading an SDK and one TLS handshake can take seconds, which looks like a slow network, most of all with a short time-out.',
  page: PAGES.lambdaMemory,
  check: (examination) =>
    examination.snapshot.functions.flatMap((fn) => {
      const calls = (examination.needs.get(fn.id) ?? []).filter(({ kind }) => kind === 'aws' || kind === 'host');
      if (fn.memory_mb === null || fn.memory_mb > SMALL_MB || calls.length === 0) return [];
      const isTight = fn.timeout_s !== null && fn.timeout_s <= 10;
      return [
        makeFinding(examination, smallMemoryRule, {
          severity: isTight && fn.vpc !== null ? 'warning' : 'advice',
          certainty: 'inferred',
          message: `${fn.name} has ${fn.memory_mb} MB, a fraction of a core: TLS to ${calls[0]?.host} may take seconds${isTight ? ` of its ${fn.timeout_s}` : ''}.`,
          resources: [fn.id],
          functions: [fn.name],
          evidence: [`memory ${fn.memory_mb} MB`, `time-out ${fn.timeout_s} s`],
          fix: {
            command: `aws lambda update-function-configuration --function-name ${fn.name} --memory-size 512`,
            change: `Set memory_size of ${fn.id} to 512: a call that takes a quarter of the time costs the same.`,
          },
          verify: verifyCommand(examination.snapshot, [fn]),
        }),
      ];
    }),
};
