import type { LambdaFunction } from '../snapshot/snapshot.ts';
import { PAGES } from './pages.ts';
import { makeFinding, nameSome, type Rule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

const DEFAULT_S = 3;
/** botocore waits 60 s to connect and 60 s to read, and tries again [botocore configuration]. */
const BOTOCORE_S = 60;

export const shortTimeoutRule: Rule = {
  id: 'short-timeout',
  causes: [7],
  title: "The function's time-out is not longer than its clients'",
  explanation:
    'When a call hangs, the shorter limit speaks: with a function time-out of 3 s (the default), or one below botocore’s 60 s times its retries, the log says only "Task timed out". The SDK for JavaScript v3 has no request time-out by default, and one that is set only warns unless throwOnRequestTimeout is true.',
  page: PAGES.lambdaTimeout,
  check: (examination) => {
    const groups = new Map<string, { fns: LambdaFunction[]; isDefault: boolean; hosts: string[] }>();
    for (const fn of examination.snapshot.functions) {
      const calls = (examination.needs.get(fn.id) ?? []).filter(({ kind }) => kind !== 'file_system');
      const { timeout_s: timeout } = fn;
      if (fn.vpc === null || calls.length === 0 || timeout === null) continue;
      const isDefault = timeout <= DEFAULT_S;
      const isBotocore =
        fn.runtime?.startsWith('python') === true && timeout <= BOTOCORE_S && calls.some(({ kind }) => kind === 'aws');
      if (!isDefault && !isBotocore) continue;
      const key = isDefault ? 'default' : 'botocore';
      const group = groups.get(key) ?? { fns: [], isDefault, hosts: calls.slice(0, 3).map(({ host }) => host) };
      group.fns.push(fn);
      groups.set(key, group);
    }
    return [...groups.values()].map(({ fns, isDefault, hosts }) => {
      const names = fns.map(({ name }) => name);
      const limits = [...new Set(fns.map(({ timeout_s }) => timeout_s))].join(', ');
      return makeFinding(examination, shortTimeoutRule, {
        severity: isDefault ? 'warning' : 'advice',
        message: `${nameSome(names)} ${names.length > 1 ? 'end' : 'ends'} after ${limits} s, before the clients' own time-outs${isDefault ? '' : ` (botocore: ${BOTOCORE_S} s)`} can say what hangs.`,
        resources: fns.map(({ id }) => id),
        functions: names,
        evidence: [`timeout ${limits} s`, `calls ${hosts.join(', ')}`],
        fix: {
          command: `aws lambda update-function-configuration --function-name ${names[0]} --timeout 30`,
          change: `Set timeout of ${nameSome(fns.map(({ id }) => id))} to 30 or more, and the clients' connect and read time-outs well below it (botocore: Config(connect_timeout=2, read_timeout=5); SDK for JavaScript: requestHandler {connectionTimeout, requestTimeout, throwOnRequestTimeout: true}).`,
        },
        verify: verifyCommand(examination.snapshot, fns),
      });
    });
  },
};
