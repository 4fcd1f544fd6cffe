import { PAGES } from './pages.ts';
import { makeFinding, type Rule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const filesShortLimitRule: Rule = {
  id: 'files-short-limit',
  causes: [],
  title: 'A file system is mounted by a function with a short limit',
  explanation:
    'The mount is part of the init phase (10 s) and NFS pays a round trip for each small file: copying thousands of them outlasts minutes. Copy once into /tmp, keep the copy, or read objects from S3; a longer time-out only moves the failure.',
  page: PAGES.filesPerformance,
  check: (examination) =>
    examination.snapshot.functions.flatMap((fn) => {
      if (fn.mounts.length === 0 || fn.timeout_s === null || fn.timeout_s >= 60) return [];
      return [
        makeFinding(examination, filesShortLimitRule, {
          severity: 'warning',
          certainty: 'inferred',
          message: `${fn.name} mounts a file system and has ${fn.timeout_s} s: the mount and a copy of many small files may outlast it.`,
          resources: [fn.id],
          functions: [fn.name],
          evidence: [`mounted at ${fn.mounts.map(({ path }) => path).join(', ')}`, `time-out ${fn.timeout_s} s`],
          fix: {
            command: `aws lambda update-function-configuration --function-name ${fn.name} --timeout 300`,
            change: `Set timeout of ${fn.id} to 60 or more, or read from S3 instead.`,
          },
          verify: verifyCommand(examination.snapshot, [fn]),
        }),
      ];
    }),
};
